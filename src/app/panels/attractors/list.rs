//! What starts end in: the attractors of a picture by the share that ends in them, and what its boundaries are like.

use crate::app::panels::PanelContext;
use crate::app::theme::{BODY, Palette, SMALL};
use crate::app::widgets::controls::{hint, title_label};
use crate::app::widgets::thumbnails::thumbnail;
use crate::engine::Nature;
use crate::engine::attractors::{UncertaintyExponent, wilson};
use crate::engine::numbers::decimals;
use crate::engine::patterns::Patterns;
use crate::figures::Hue;
use crate::lab::portraits::figure::{coloured, hue};
use crate::lab::portraits::{Boundary, PortraitPicture};
use egui::{Align, Color32, Layout, Rect, RichText, ScrollArea, Sense, Ui, Vec2, vec2};

/// A kind of ends: its name, what it is, and which are of it.
type Kind = (&'static str, &'static str, fn(&Nature) -> bool);

/// Height of a line.
const LINE: f32 = 31.0;

/// A line of the list.
struct Line {
    /// A stored pattern to show, if it is of one.
    pattern: Option<usize>,
    color: Color32,
    name: String,
    help: String,
    count: u64,
}

/// Starts that ended in one attractor.
#[derive(Clone, Copy)]
pub(super) struct Share<'a> {
    pub(super) nature: &'a Nature,
    pub(super) count: u64,
}

/// Draws what the starts of a picture end in, and what its boundaries are like.
pub(super) fn of_picture(ui: &mut Ui, picture: &PortraitPicture, context: &PanelContext<'_>) {
    let attractors = picture.catalogue.attractors();
    let shares: Vec<Share<'_>> = picture
        .shares
        .iter()
        .map(|share| Share {
            nature: &attractors[share.attractor].nature,
            count: share.count as u64,
        })
        .collect();
    let foot = if picture.boundary.is_some() {
        92.0
    } else {
        24.0
    };
    let coloured = coloured(&picture.patterns, picture.plane.landmarks());
    ui_of(ui, &shares, &coloured, foot, &picture.patterns, context);
    match &picture.boundary {
        Some(boundary) => boundaries(ui, boundary, picture.side),
        None => {
            hint(ui, "Shares are of the starts drawn so far.");
        }
    }
}

/// Draws these shares into the card, and leaves so much room below.
pub(super) fn ui_of(
    ui: &mut Ui,
    shares: &[Share<'_>],
    coloured: &[usize],
    foot: f32,
    patterns: &Patterns,
    context: &PanelContext<'_>,
) {
    let palette = Palette::of(ui.visuals());
    title_label(ui, "Attractors", &format!("{} met", shares.len()));
    let lines = lines(shares, patterns, coloured, palette);
    let n_starts = shares.iter().map(|share| share.count).sum();
    let height = (ui.available_height() - foot).max(LINE);
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("attractors")
        .auto_shrink([false, true])
        .max_height(height)
        .show_rows(ui, LINE, lines.len(), |ui, rows| {
            for line in &lines[rows] {
                draw(ui, line, n_starts, context, palette);
            }
        });
    ui.add_space(6.0);
    ui.spacing_mut().item_spacing.y = 3.0;
}

/// Stored patterns one by one, everything else by kind.
fn lines(
    shares: &[Share<'_>],
    patterns: &Patterns,
    coloured: &[usize],
    palette: &Palette,
) -> Vec<Line> {
    let mut lines = Vec::new();
    let kinds: [Kind; 6] = [
        (
            "other stored",
            "Stored patterns that have no colour here",
            |it| matches!(it, Nature::Stored { .. } | Nature::Original { .. }),
        ),
        (
            "negative",
            "A stored pattern with every unit flipped",
            |it| matches!(it, Nature::Negative { .. }),
        ),
        (
            "blend",
            "The sign of the sum of a few stored patterns",
            |it| matches!(it, Nature::Blend { .. }),
        ),
        (
            "spurious",
            "A fixed point that is none of these: spurious, or a blank sheet",
            |it| matches!(it, Nature::Other { .. } | Nature::Blank { .. }),
        ),
        ("cycle", "The same states return for ever", |it| {
            matches!(it, Nature::Cycle { .. })
        }),
        ("not settled", "Still moving when it was stopped", |it| {
            matches!(it, Nature::Unsettled)
        }),
    ];
    let mut sums = [(0, 0, Color32::TRANSPARENT); 6];
    for share in shares {
        let nature = share.nature;
        let hue = hue(nature, coloured);
        if let (Hue::Basin(_), Nature::Stored { pattern, .. }) = (hue, nature) {
            let label = patterns
                .label(*pattern)
                .map_or_else(String::new, |it| format!(" ({it})"));
            lines.push(Line {
                pattern: Some(*pattern),
                color: palette.hue(hue),
                name: format!("stored {pattern}{label}"),
                help: "Starts that end in this stored pattern, at an overlap of 0.9 or more"
                    .to_owned(),
                count: share.count,
            });
            continue;
        }
        if let Some(kind) = kinds.iter().position(|(.., is_it)| is_it(nature)) {
            let (n, count, sum) = &mut sums[kind];
            *n += 1;
            *count += share.count;
            *sum = palette.hue(hue);
        }
    }
    for ((name, help, _), (n, count, color)) in kinds.iter().zip(sums) {
        if n > 0 {
            lines.push(Line {
                pattern: None,
                color,
                name: format!("{name}, {n}"),
                help: format!("{help}: {n} of them were met"),
                count,
            });
        }
    }
    lines
}

fn draw(ui: &mut Ui, line: &Line, n_starts: u64, context: &PanelContext<'_>, palette: &Palette) {
    let room = vec2(ui.available_width(), LINE);
    let row = ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(room);
        ui.spacing_mut().item_spacing.x = 6.0;
        match line.pattern {
            Some(pattern) => {
                thumbnail(ui, context.atlas, pattern, 26.0);
            }
            None => {
                ui.allocate_exact_size(Vec2::splat(26.0), Sense::hover());
            }
        }
        let (swatch, _) = ui.allocate_exact_size(vec2(9.0, 19.0), Sense::hover());
        ui.painter().rect_filled(swatch, 2.0, line.color);
        let frame = Rect::from_min_max(swatch.min, swatch.max);
        ui.painter().rect_stroke(
            frame,
            2.0,
            egui::Stroke::new(1.0, palette.stroke),
            egui::StrokeKind::Inside,
        );
        ui.label(RichText::new(&line.name).size(BODY));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let share = line.count as f64 / n_starts.max(1) as f64;
            let [low, high] = wilson(line.count, n_starts);
            let error = RichText::new(format!("±{}", decimals(50.0 * (high - low), 1)));
            ui.label(error.size(SMALL).color(palette.weak));
            ui.label(RichText::new(format!("{} %", decimals(100.0 * share, 1))).size(BODY));
        });
    });
    row.response.on_hover_text(&line.help);
}

/// The entropies and the exponent.
fn boundaries(ui: &mut Ui, boundary: &Boundary, side: usize) {
    if let Some(entropies) = &boundary.entropies {
        let line = format!(
            "Basin entropy {}, at boundaries {}",
            decimals(entropies.basin, 3),
            decimals(entropies.boundary, 3)
        );
        let help = format!(
            "In boxes of {} × {} pixels: −Σ p ln p over the ends of a box, the mean over all {} boxes inside, and over the {} \
             that hold more than one end (Daza and others, 2016). S_bb above ln 2 = 0.693 says that boundaries are fractal",
            entropies.box_side, entropies.box_side, entropies.n_boxes, entropies.n_boundary_boxes
        );
        ui.label(RichText::new(line).size(SMALL))
            .on_hover_text(help);
    }
    match &boundary.exponent {
        Some(found) => {
            let line = exponent(found, side);
            let line = ui.label(RichText::new(line).size(SMALL));
            line.on_hover_text(
                "The share of pixels whose end differs from that of one so far away grows as that distance to this power: 1 \
                 for a smooth boundary, 0 where a start says nothing of its end. Distances are parts of half the side of the picture",
            );
        }
        None => {
            hint(ui, "No exponent: too few scales at which ends differ.");
        }
    }
}

fn exponent(found: &UncertaintyExponent, side: usize) -> String {
    let fitted = found.scales.iter().filter(|it| it.fitted);
    let scales: Vec<usize> = fitted.map(|it| it.pixels).collect();
    let ends = [scales.first(), scales.last()].map(|it| {
        it.map_or_else(String::new, |pixels| {
            decimals(2.0 * *pixels as f64 / side as f64, 3)
        })
    });
    format!(
        "Uncertainty exponent {} ± {}, scales {} to {}",
        decimals(found.exponent, 2),
        decimals(found.error, 2),
        ends[0],
        ends[1]
    )
}
