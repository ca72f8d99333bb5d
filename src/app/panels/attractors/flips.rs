//! Flips: the fewest that make a state leave its basin, shown on it, and what every single one does.

use super::asking::asked;
use super::landmarks::{named, put};
use super::states_sheet::{capital, in_words, offer_shown};
use crate::app::panels::{PanelContext, save};
use crate::app::theme::{BODY, SMALL, TITLE};
use crate::app::widgets::controls::{hint, title_label};
use crate::app::widgets::full_card::placeholder;
use crate::app::widgets::pattern_view::{PatternView, UnitMark};
use crate::app::widgets::picture::{RowPicture, row_picture};
use crate::app::widgets::room::room_above;
use crate::engine::attractors::SingleFlip;
use crate::engine::patterns::State;
use crate::lab::portraits::BrokenState;
use crate::session::{BreaksWish, Measurement, Wish};
use egui::{Popup, RichText, Ui, Vec2};

/// Room in points for the words above a picture, and below all of them.
const HEAD: f32 = 44.0;
const FOOT: f32 = 58.0;

/// What the view keeps between frames.
#[derive(Default)]
pub(super) struct Flips {
    wish: BreaksWish,
    shown: Option<BrokenState>,
    version: u64,
}

impl Flips {
    /// Draws the view into the room that is left.
    pub(super) fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        // A session that was opened has a wish of its own.
        self.wish = context.session.wishes().breaks.clone();
        self.controls(ui, context);
        let is_new = context.session.wishes().breaks != self.wish;
        let wish = is_new.then(|| Wish::Breaks(self.wish.clone()));
        if let Err(why) = asked(context, Measurement::Breaks, wish) {
            return placeholder(ui, &why);
        }
        let Some(broken) = context.session.broken() else {
            return placeholder(ui, Measurement::Breaks.under_way());
        };
        if self.shown.as_ref() != Some(broken) {
            self.shown = Some(broken.clone());
            self.version += 1;
        }
        self.pictures(ui, broken, context);
    }

    /// Which state is broken.
    fn controls(&mut self, ui: &mut Ui, context: &PanelContext<'_>) {
        ui.horizontal(|ui| {
            ui.label(RichText::new("What breaks").size(BODY));
            let Some(recording) = context.session.recording() else {
                return;
            };
            let name = named(&self.wish.of, recording.patterns());
            let button = ui.button(RichText::new(format!("{name} ▾")).size(BODY));
            let button = button.on_hover_text("Choose another state");
            let chosen = Popup::menu(&button)
                .show(|ui| put(ui, &self.wish.of, context))
                .and_then(|shown| shown.inner);
            if let Some(of) = chosen {
                self.wish.of = of;
            }
        });
    }

    /// The state with its flips, where that leads, and the map of single flips.
    fn pictures(&self, ui: &mut Ui, broken: &BrokenState, context: &mut PanelContext<'_>) {
        let room = room_above(ui, FOOT);
        let column = ((room.x - 24.0) / 3.0).max(40.0);
        let size = Vec2::splat(column.min(room.y - HEAD).max(40.0));
        let grid = broken.patterns.grid();
        let flips = broken.flips.units.as_deref().unwrap_or_default();
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            let flipped = flipped(&broken.state, flips);
            let marks = marks(broken.state.n_units(), flips);
            let said = match flips.len() {
                1 => "One flip".to_owned(),
                n => format!("{n} flips"),
            };
            let heading = match broken.flips.units {
                Some(_) => (said, "orange: the units that are flipped".to_owned()),
                None => ("No flips".to_owned(), "none were found".to_owned()),
            };
            captioned(ui, column, &heading, |ui| {
                let mut view = PatternView::new(
                    "state with the flips that break it",
                    grid,
                    flipped.units(),
                    self.version,
                    size,
                );
                view.marks = Some(&marks);
                let shown = view.show(ui);
                let shows = ("State with the flips that break it", || view.squares());
                offer_shown(&shown.response, context, &flipped, &broken.patterns, shows);
                shown.response.on_hover_text("Click: open it in Recall");
            });
            let heading = match &broken.end {
                Some((_, nature)) => (
                    "Ends in".to_owned(),
                    capital(&in_words(nature, &broken.patterns)),
                ),
                None => ("Ends".to_owned(), "where it began".to_owned()),
            };
            captioned(ui, column, &heading, |ui| {
                let end = broken
                    .end
                    .as_ref()
                    .map_or(&broken.state, |(state, _)| state);
                let name = "where the flips lead";
                let view = PatternView::new(name, grid, end.units(), self.version, size);
                let shown = view.show(ui);
                let shows = ("Where the flips lead", || view.squares());
                offer_shown(&shown.response, context, end, &broken.patterns, shows);
                shown.response.on_hover_text("Click: open it in Recall");
            });
            let heading = ("Single flips".to_owned(), single_in_words(&broken.single));
            captioned(ui, column, &heading, |ui| {
                let values = values(&broken.single);
                let picture = RowPicture {
                    name: "map of single flips",
                    grid,
                    values: &values,
                    version: self.version,
                    scale: Some(1.0),
                    highlight: context.view.shown_unit,
                    size,
                };
                let (response, unit) = row_picture(ui, &picture);
                save::menu_of_squares(&response, context.exports, "Single flips", || {
                    picture.squares()
                });
                if let Some((unit, flip)) = unit.and_then(|it| Some((it, broken.single.get(it)?))) {
                    response.on_hover_text_at_pointer(flip_in_words(unit, *flip));
                    context.view.hovered_unit = Some(unit);
                }
            });
        });
        ui.add_space(6.0);
        title_label(ui, &bounds(broken), "");
        hint(ui, &explanation(broken));
    }
}

/// A picture below two lines of words.
fn captioned(
    ui: &mut Ui,
    width: f32,
    (title, detail): &(String, String),
    picture: impl FnOnce(&mut Ui),
) {
    ui.vertical(|ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.add(egui::Label::new(RichText::new(title).size(TITLE)).truncate());
        ui.add(egui::Label::new(RichText::new(detail).size(SMALL)).truncate());
        ui.add_space(4.0);
        picture(ui);
    });
}

fn flipped(state: &State, units: &[usize]) -> State {
    let mut state = state.clone();
    units.iter().for_each(|unit| state.flip(*unit));
    state
}

fn marks(n_units: usize, units: &[usize]) -> Vec<UnitMark> {
    let mut marks = vec![UnitMark::default(); n_units];
    for unit in units {
        if let Some(mark) = marks.get_mut(*unit) {
            mark.changed = true;
        }
    }
    marks
}

/// From −1, after the most flips, to 0, where the unit alone turns back; 1 where the state is lost.
fn values(single: &[SingleFlip]) -> Vec<f32> {
    let most = most_flips(single).max(2) as f32;
    let value = |flip: &SingleFlip| {
        if flip.lost {
            1.0
        } else {
            -(flip.flips as f32 - 1.0).max(0.0) / (most - 1.0)
        }
    };
    single.iter().map(value).collect()
}

/// Most flips of a run that comes back.
fn most_flips(single: &[SingleFlip]) -> u64 {
    let back = single.iter().filter(|flip| !flip.lost);
    back.map(|flip| flip.flips).max().unwrap_or(1)
}

/// What single flips do, all in all.
fn single_in_words(single: &[SingleFlip]) -> String {
    match single.iter().filter(|flip| flip.lost).count() {
        _ if single.is_empty() => "being tried…".to_owned(),
        0 if most_flips(single) <= 1 => "every unit turns back at once".to_owned(),
        0 => "all come back; blue: others flip on the way".to_owned(),
        n => format!("{n} alone break it: orange"),
    }
}

fn flip_in_words(unit: usize, flip: SingleFlip) -> String {
    let sweeps = match flip.sweeps {
        1 => "one sweep".to_owned(),
        n => format!("{n} sweeps"),
    };
    if flip.lost {
        let end = crate::trial::words::overlap(flip.end);
        format!(
            "Unit {unit}: flipped alone, it is lost; the run ends at overlap {end} after {sweeps}"
        )
    } else {
        let flips = match flip.flips {
            1 => "one flip".to_owned(),
            n => format!("{n} flips"),
        };
        format!("Unit {unit}: flipped alone, it comes back by {flips} in {sweeps}")
    }
}

/// What is known of the fewest flips, a sentence.
fn bounds(broken: &BrokenState) -> String {
    let flips = &broken.flips;
    let found = flips.units.as_ref().map(Vec::len);
    match (found, flips.bound) {
        (Some(found), _) if flips.exact => format!("{found} flips break it, and no fewer do"),
        (Some(found), Some(bound)) => {
            format!("{found} flips break it; fewer than {bound} never do")
        }
        (Some(found), None) => format!("{found} flips break it; fewer may do"),
        (None, _) if flips.exact => "No flips break it: every start ends here".to_owned(),
        (None, _) => "No flips that break it were found".to_owned(),
    }
}

fn explanation(broken: &BrokenState) -> String {
    let what = in_words(&broken.nature, &broken.patterns);
    let away = match broken.away {
        0 => String::new(),
        1 => format!(
            " What was chosen is no fixed point: its run ends one unit away, in {what}, which is looked at."
        ),
        n => format!(
            " What was chosen is no fixed point: its run ends {n} units away, in {what}, which is looked at."
        ),
    };
    let how = if broken.flips.exact {
        "Found by trying all sets of units, or met by the bound below."
    } else {
        "The first number is a bound above, found by greedy search and a beam; the second a bound below, from the margins of the units."
    };
    format!("{how}{away}")
}
