//! The help: what one sees, what to try, and every key, read from the table of actions.

use super::{Panel, PanelContext, Place};
use crate::app::actions::ALL;
use crate::app::theme::{GAP, Palette, TITLE};
use egui::{Context, Grid, Id, RichText, ScrollArea, Ui, Window, vec2};

/// The parts of the help: heading and paragraphs.
const PARTS: [(&str, &[&str]); 6] = [
    (
        "What it is",
        &[
            "A network of N units, one a pixel, each +1 (ink) or −1 (paper). The digits on the left are stored in the \
             couplings J between the units. Given a spoiled digit, every unit in turn follows the pull of all the \
             others, its local field h, until no unit wants to turn.",
            "Such a state is a fixed point. If it is the digit the cue was made of, the memory has worked; it can also \
             be another digit, the inverse of one, a mixture of several, or none of these. The line under the pictures \
             says which.",
        ],
    ),
    (
        "How to use it",
        &[
            "Choose digits and a rule on the left. Click a thumbnail to make it the cue, spoil it under the pictures or \
             draw on it with the mouse, and press Play. Drag the time line, or press Back, to see any moment again.",
            "Point at a pixel to see its couplings and its field in every view; point at a thumbnail to find its line \
             among the overlaps, and the other way round. Every setting and every stroke can be undone.",
        ],
    ),
    (
        "Worlds",
        &[
            "World, top left, says where patterns come from: handwritten digits, letters and shapes, random patterns, \
             random features, a spin glass, a protein family, or files that you open or drop on the window. What takes \
             long is prepared beside the old patterns; a rule that does not suit a world is greyed out and says why.",
            "The overlap chart also compares with what is never stored, and for random features with the features. A \
             spin glass shows its bonds on the lattice, how it was sampled below the energy, and learned couplings \
             against true bonds below. Sequences are letters on the colour of their kind: a frame marks what has \
             changed, the small letter is what the nearest stored sequence has instead.",
        ],
    ),
    (
        "Learning",
        &[
            "Rules of one pass follow a slider at once. Iterative rules learn beside the old result, which is marked as \
             out of date: the lower chart shows loss, margins, the length of the rows and how stored and unseen digits \
             are kept. Pause waits, Keep uses what is learned so far, Stop goes back to the old memory.",
            "Right-click a slider or its name to take it back to where it stood at first; More settings has the rest, \
             and below them what can be done to any couplings once they are learned: k of their antisymmetric part is \
             kept, a share of them is cut.",
            "Dense memories have no couplings: the panel below shows how strongly every stored digit pulls instead. \
             Asymmetric couplings have no energy: the lower chart then shows how firmly the units are held.",
        ],
    ),
    (
        "What to notice",
        &[
            "Without heat, the energy only ever falls while one unit moves at a time, the couplings are symmetric and no unit acts against itself. That it is \
             negative is normal: only differences matter.",
            "Digits resemble each other, so the overlaps with all of them are far from zero from the start. This is \
             what confuses Hebb's rule, and what the pseudo-inverse takes out.",
            "The stability margins, lower right, say whether all stored digits are fixed points: they are if the \
             smallest is above 0. Wide basins need more than that, and pseudo-likelihood has the widest.",
        ],
    ),
    (
        "What to try",
        &[
            "Switch from Pseudo-inverse to Hebb: the digits run into one. Store one of each class, then a single one.",
            "Start from a random state, from an unseen digit, or from your own handwriting.",
            "Choose All at once as the order of the updates and look for a cycle of length 2; warm the state up with \
             the heat bath.",
            "Taylor expansion: push the input term and watch all units lean to one side, J lose its symmetry and the energy \
             disappear; the box below says what signal-to-noise theory makes of it.",
            "Dense associative memory: lower the degree n until the digits run together again.",
            "Random features under pseudo-likelihood: raise α and watch the overlaps with the features overtake those \
             with the stored examples.",
            "Spin glass at T = 1 under pseudo-likelihood with P = 2,000: choose Bonds, lower right.",
        ],
    ),
];

/// The panel.
#[derive(Default)]
pub(super) struct Help;

impl Panel for Help {
    fn title(&self) -> &'static str {
        "Help"
    }

    fn place(&self) -> Place {
        Place::Above
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        window(ui.ctx(), context);
    }
}

/// Draws the window while it is open.
fn window(ctx: &Context, context: &mut PanelContext<'_>) {
    let mut open = context.view.help_open;
    let room = ctx.content_rect().size();
    Window::new("Help")
        .id(Id::unique("help"))
        .open(&mut open)
        .collapsible(false)
        .resizable(false)
        .pivot(egui::Align2::CENTER_CENTER)
        .default_pos(ctx.content_rect().center())
        .fixed_size(vec2(680.0, (room.y - 120.0).min(720.0)))
        .show(ctx, |ui| {
            ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = GAP;
                for (heading, paragraphs) in PARTS {
                    title(ui, heading);
                    paragraphs.iter().for_each(|paragraph| {
                        ui.label(*paragraph);
                    });
                }
                title(ui, "Keys");
                keys(ui);
                ui.label(
                    "Ctrl with plus or minus makes everything larger or smaller. With the focus on a picture, arrows \
                     move a cursor over its units and Space draws.",
                );
            });
        });
    context.view.help_open = open;
}

fn title(ui: &mut Ui, text: &str) {
    let palette = Palette::of(ui.visuals());
    ui.add_space(GAP / 2.0);
    ui.label(RichText::new(text).size(TITLE).color(palette.strong));
}

fn keys(ui: &mut Ui) {
    Grid::new("keys")
        .num_columns(3)
        .spacing(vec2(2.0 * GAP, 4.0))
        .show(ui, |ui| {
            for entry in ALL {
                let Some(shortcut) = entry.shortcut else {
                    continue;
                };
                ui.label(RichText::new(ui.ctx().format_shortcut(&shortcut)).strong());
                ui.label(entry.text);
                ui.label(entry.tooltip);
                ui.end_row();
            }
        });
}
