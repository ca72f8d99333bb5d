//! The help: what one sees, what to try, and every key, read from the table of actions.

use super::{Panel, PanelContext, Place};
use crate::app::actions::ALL;
use crate::app::theme::{GAP, Palette, TITLE};
use egui::style::ScrollAnimation;
use egui::{Align, Context, Id, Label, Response, RichText, ScrollArea, Ui, Window, vec2};

/// The parts of the help: heading and paragraphs.
const PARTS: [(&str, &[&str]); 13] = [
    (
        "What it is",
        &[
            "A network of N units, one a pixel, each +1 (ink) or −1 (paper). The stored patterns are held by the couplings \
             J between the units. Given a corrupted pattern, every unit in turn follows the sum of what all the others \
             ask of it, its local field h, until no unit will flip.",
            "Such a state is a fixed point. If it is the original, which the cue was made of, it was remembered; it can \
             also be another stored pattern, the negative of one, a blend of several, or a spurious state. The line under \
             the pictures says which.",
        ],
    ),
    (
        "How to use it",
        &[
            "Choose a world and a rule in the panel Memory. Click a stored pattern to make it the cue, corrupt it below the \
             pictures or draw on it with the mouse, and press Play. Drag the time line, or press Back, to see any moment \
             again. The corruptions in force are chips: a click takes one away.",
            "A unit flashes when it flips. Changed marks the units that differ from the cue, Wrong those that differ from \
             the original, and Fields lays the local fields over the state.",
            "Point at a pixel to see its couplings and its field in every view; point at a stored pattern to find its line \
             among the overlaps, and the other way round. Every setting and every stroke can be undone.",
            "Store, beside cue and state, adds what is there to the memory under a name of your own; a right click on a \
             stored pattern removes it. Clear starts an empty memory: draw on the cue and store it.",
            "The question mark in the corner of a card explains what it shows, with its formula and the numbers of the moment; \
             the glossary, in the menu Help, has the terms of the field. The arrows beside it make a card fill the window. F11 is the stage, for a class: original, cue and \
             state as large as can be, the answer in words, and large buttons. Esc comes back.",
        ],
    ),
    (
        "Worlds",
        &[
            "World says where patterns come from: handwritten digits, letters and shapes, random patterns, random \
             features, a spin glass, a protein family, or files that you open or drop on the window (under Wayland they can only be opened). Slow worlds load in \
             the background; the old patterns stay. A rule that does not suit a world is greyed out and says why.",
            "The chart of overlaps also compares with patterns that are never stored, and for random features with the \
             features. A spin glass shows its bonds on the lattice, how it was sampled in the chart Sampling, and learned \
             couplings against true bonds in the panel Couplings J. Sequences are letters on the colour of their kind: a \
             frame marks what has changed, the small letter is what the nearest stored sequence has instead.",
        ],
    ),
    (
        "Learning",
        &[
            "Rules of one pass follow a slider at once. Iterative rules learn beside the old result, which is marked as \
             out of date: the chart Learning shows loss, margins, the length of the rows, and how well stored and unseen \
             patterns are remembered. Pause waits and Resume goes on, Use now takes what is learned so far, Stop goes \
             back to the old memory.",
            "Right-click a slider, its name or its number to take it back to where it stood at first. More settings has \
             the rest, and what can be done to couplings once they are learned: keep a part k of their antisymmetric \
             part, cut a share of them.",
            "Dense memories have no couplings: the panel below the pictures shows how strongly every stored pattern pulls \
             instead. Asymmetric couplings have no energy: the chart then shows how firmly the units are held.",
        ],
    ),
    (
        "Compare",
        &[
            "The tab Compare drops the same cue into up to four memories. World, cue, noise and time belong to all of them; \
             each has its own rule, settings, alteration and dynamics, which stand on the left for the one that is clicked \
             on. Orange marks where a track differs from the first one, or dots the units that are wrong. Below stand who \
             did best, a table, and the overlaps over one another. Wheels shows how far the basins of each memory reach.",
            "… beside a title names the track, doubles it to change one setting, takes it over into Recall, or removes it.",
        ],
    ),
    (
        "Lessons",
        &[
            "Scenes, in the menu Help, lead through eight phenomena, the tour through the window, and the gallery has a \
             picture of each phenomenon: a click sets the window up, and Undo takes it back.",
            "A lesson stands beside everything else. Its links set world, rule and cue, run, turn to a tab and frame the \
             control that is meant; each sets out from the same state, so that they work in any order. A question is \
             answered by any state of your own making of which it is true, once that has settled. Put everything back \
             takes all of it back.",
        ],
    ),
    (
        "For a class",
        &[
            "Teacher's options, in the menu File, list every setting, action, tab and card. What is locked stays as it is, \
             greyed; what is hidden is not there. Start from what is shown now sets the state that students come back to by \
             Back to the start. All of it is kept in the session's file and in its line of text. It is no password: whoever \
             opens Teacher's options can free everything.",
            "A lesson of your own is a Markdown file; opened or dropped on the window, it stands at the end of the list, and \
             so do all lessons of a folder. The menu View makes everything larger, and reduces motion.",
        ],
    ),
    (
        "Sessions",
        &[
            "Save session writes everything that was set, and the moment shown, to a file; it opens to the same bits. Copy \
             as a line of text makes of it one line to send: paste it into the window. What such a line has no room for \
             (files, couplings, pictures) is said.",
            "A session with changes is kept by itself, within seconds; if the program is ended before they are saved, it \
             offers them at its next start.",
        ],
    ),
    (
        "Attractors",
        &[
            "The tab Attractors draws what every start of a plane through state space ends in. The wheel has stored patterns \
             on its rim and noise at its centre: on the way out, more and more units copy the pattern. The plane lies \
             between three states. Colour is the pattern that is recalled, darker where it takes longer; greys are \
             other ends, stripes cycles. The picture follows every setting, coarse first, and an iterative rule while it \
             learns. Energy shows the energy of the starts as a landscape.",
            "Point at a start to read where it ends; click to open it in Recall, where the same run happens. The ring is \
             the cue, the dot the state shown. Click on what stands around a picture to put something else there, or drag \
             it onto another place, or drag a stored pattern from the list onto it; a right click saves the picture. The wheel also stands beside a recall, next to Energy.",
            "Census lets many starts go and shows every attractor that was met, with its share. Bands stacks these shares \
             along a setting: attractors are followed, so that one sees them born, merge and vanish. Flips searches the \
             fewest flips that make a state leave its basin, with a bound below. Walk goes from one state to another and \
             says where each step ends. Tree joins minima of the energy over the lowest barriers that are known. All \
             states draws every state of up to 14 units. A click opens what is shown in Recall; a right click stores it.",
            "On the right: shares of the starts drawn, with half their 95 % interval. Basin entropy is −Σ p ln p over the \
             ends in small boxes, the mean over all boxes and over those at a boundary. The uncertainty exponent is 1 where \
             boundaries are smooth and 0 where a start says nothing of its end; it holds for the scales beside it.",
        ],
    ),
    (
        "The lab",
        &[
            "The tab Lab asks a question of many memories and draws the answer as curves with error bars. Choose an \
             experiment, the rules to compare and the world, and press Run: the ends come first, then always the middle \
             between points. Pause waits and Go on takes up what is missing; Stop keeps what is there.",
            "Every rule has a colour of its own and meets the same patterns and noise. Dashed is what theory says. Point at \
             a point to read it; click on it to open a network of that place in Recall, with a pattern that was tried there \
             as the cue. Runs stay in a list, and those of one experiment can be laid over one another. Vary has a curve for \
             every value of a setting, and a grid for two.",
            "Save writes the figure, its numbers, or the rows as a table; Copy command gives the command line with the same \
             rows. A table that was saved here or that engram lab wrote is shown when it is opened or dropped on the window.",
        ],
    ),
    (
        "What to notice",
        &[
            "At temperature 0 the energy never rises while one unit moves at a time, the couplings are symmetric and no \
             unit acts against itself. That it is negative is normal: only differences matter.",
            "Digits resemble each other, so the overlaps with all of them are far from zero from the start. This is what \
             confuses Hebb's rule, and what the pseudo-inverse takes out.",
            "The margins, among the statistics in the panel Couplings J, say whether all stored patterns are fixed points: \
             they are if the smallest margin is above 0. Wide basins need more than that, and pseudo-likelihood has the \
             widest.",
        ],
    ),
    (
        "What to try",
        &[
            "Switch from Pseudo-inverse to Hebb: the digits run into one. Store one per class, then a single one.",
            "On the tab Attractors, raise P under the pseudo-inverse rule: the petals of the wheel retreat to the rim. Then \
             compare Hebb, Storkey and pseudo-likelihood.",
            "Choose Basin beside Energy, random patterns and Hebb, and raise P past 0.138 N: each dot is a cue, its overlap \
             at the start across and at the end up, and the cliff draws itself.",
            "Start from a random state, from an unseen digit, or from your own handwriting.",
            "Choose All at once as the order of the updates and look for a cycle of length 2; warm the state up with the \
             heat bath.",
            "Taylor expansion: push the input term and watch all units lean to one side, J lose its symmetry and the \
             energy disappear; the round i below the rule says what signal-to-noise theory makes of it.",
            "Dense associative memory: lower the degree n until the digits run together again.",
            "Random features under pseudo-likelihood: raise α and watch the overlaps with the features overtake those with \
             the stored examples.",
            "Spin glass at T = 1 under pseudo-likelihood with P = 2,000: choose Bonds among the statistics.",
        ],
    ),
    (
        "Misconceptions",
        &[
            "Recall does not always find the nearest memory: other attractors, blends and negatives among them, have basins \
             of their own.",
            "Flipping 30 % of the units leaves an overlap of 0.4; replacing 30 % by coin tosses leaves 0.7.",
            "The capacity 0.138 N of Hebb's rule holds for random patterns in a large network, with a few units wrong; it is \
             no limit for a handful of patterns on a small grid.",
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
                let heading = title(ui, "Keys");
                if std::mem::take(&mut context.view.help_at_keys) {
                    heading.scroll_to_me_animation(Some(Align::Min), ScrollAnimation::none());
                }
                keys(ui);
                ui.label(
                    "Ctrl with plus or minus makes everything larger or smaller. With the focus on a picture, arrows \
                     move a cursor over its units and Space draws.",
                );
            });
        });
    context.view.help_open = open;
}

fn title(ui: &mut Ui, text: &str) -> Response {
    let palette = Palette::of(ui.visuals());
    ui.add_space(GAP / 2.0);
    ui.label(RichText::new(text).size(TITLE).color(palette.strong))
}

/// Width of a key's name in points.
const KEY: f32 = 120.0;

fn keys(ui: &mut Ui) {
    ui.spacing_mut().item_spacing.y = 3.0;
    for entry in ALL {
        let Some(key) = entry.key_text(ui.ctx()) else {
            continue;
        };
        ui.horizontal_top(|ui| {
            let used = ui.label(RichText::new(key).strong()).rect.width();
            ui.add_space((KEY - used).max(0.0));
            let about = format!("{}: {}", entry.text, entry.tooltip);
            ui.add(Label::new(about).wrap());
        });
    }
}
