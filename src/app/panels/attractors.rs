//! Attractors: a picture of what every start of a plane through state space ends in, and the list of those ends.
//!
//! The picture is measured while it is looked at, coarse first, and follows every slider. Absent: settling the starts; a job
//! of the session does that.

mod landmarks;
mod list;
mod mosaic;

use super::{Panel, PanelContext, Place, save};
use crate::app::notice::sentence;
use crate::app::theme::{GAP, SMALL};
use crate::app::view::{FINEST, Tab};
use crate::app::widgets::controls::{hint, small_segmented, title_label};
use crate::app::widgets::full_card::{BUTTON, placeholder};
use crate::engine::Nature;
use crate::engine::numbers::percent;
use crate::lab::portraits::{PortraitPicture, PortraitRecipe, StartPlane, cue_of};
use crate::session::{Command, Measurement, PortraitWish};
use crate::trial::words::{overlap as written, pattern_name};
use egui::{Align, Layout, Rect, RichText, Ui, UiBuilder, pos2};
pub(super) use mosaic::MosaicView;
use mosaic::Placed;
use std::sync::Arc;

const WHAT: Measurement = Measurement::Portrait;

/// The card with the picture.
const PICTURE: &str = "Picture of basins";
/// The card with what starts end in.
const LIST: &str = "Attractors";

/// Room in points around a picture for what stands on its rim: in a tab of its own, and beside a recall.
const AROUND: f32 = 58.0;
const AROUND_SMALL: f32 = 27.0;

/// The names of the sides that are offered, by their hundreds.
const SIDE_NAMES: [&str; 3] = ["64²", "128²", "256²"];

/// Starts along a side of a picture beside a recall.
const FINEST_SMALL: usize = 128;

/// The panel, with the texture it keeps between frames.
#[derive(Default)]
pub(super) struct Attractors {
    /// What is drawn.
    recipe: PortraitRecipe,
    mosaic: MosaicView,
}

impl Panel for Attractors {
    fn title(&self) -> &'static str {
        "Attractors"
    }

    fn place(&self) -> Place {
        Place::Attractors
    }

    fn cards(&self) -> &'static [&'static str] {
        &[PICTURE, LIST]
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let room = ui.available_rect_before_wrap();
        match context.view.full {
            Some(PICTURE) => return self.picture(ui, context),
            Some(LIST) => return list(ui, context),
            _ => {}
        }
        let right = (0.25 * room.width()).clamp(250.0, 380.0);
        let to = room.right() - right;
        let left = Rect::from_min_max(room.min, pos2(to - GAP, room.bottom()));
        let right = Rect::from_min_max(pos2(to, room.top()), room.max);
        let builder = UiBuilder::new().id_salt(PICTURE).max_rect(left);
        self.picture(&mut ui.new_child(builder), context);
        let builder = UiBuilder::new().id_salt(LIST).max_rect(right);
        list(&mut ui.new_child(builder), context);
        ui.allocate_rect(room, egui::Sense::hover());
    }
}

impl Attractors {
    fn picture(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let (size, stale) = (ui.available_size(), is_stale(context));
        context.card(ui, (PICTURE, size), stale, |ui, context| {
            self.head(ui, context);
            let recipe = self.recipe.clone();
            match found(context, recipe, context.view.finest) {
                Ok(picture) => {
                    let foot = 40.0;
                    let room = ui.available_size();
                    let builder =
                        UiBuilder::new()
                            .id_salt("picture")
                            .max_rect(Rect::from_min_size(
                                ui.cursor().min,
                                egui::vec2(room.x, room.y - foot),
                            ));
                    let mut inner = ui.new_child(builder);
                    let placed = self.mosaic.show(&mut inner, picture, context, AROUND);
                    if let Some(placed) = placed {
                        save::menu(&placed.response, context.exports, &placed.figure);
                        let other = landmarks::edit(ui, &placed, picture, context, AROUND);
                        self.recipe = other.unwrap_or_else(|| self.recipe.clone());
                        react(&placed, picture, context);
                    }
                    ui.allocate_space(egui::vec2(room.x, room.y - foot));
                    hint(ui, how_to_read(&picture.plane));
                }
                Err(why) => placeholder(ui, &why),
            }
        });
    }

    /// The title: which picture, and how much of it is there.
    fn head(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        ui.horizontal(|ui| {
            let now = matches!(self.recipe, PortraitRecipe::Plane { .. });
            let mut is_plane = now;
            let options = [
                (
                    false,
                    "Wheel",
                    "Stored patterns on a rim, noise at the centre: how far each basin reaches",
                ),
                (
                    true,
                    "Plane",
                    "The plane through three states: how their basins meet",
                ),
            ];
            small_segmented(ui, "Picture", &mut is_plane, &options, |_| None);
            if is_plane != now {
                self.recipe = if is_plane {
                    PortraitRecipe::Plane {
                        corners: Vec::new(),
                    }
                } else {
                    PortraitRecipe::default()
                };
            }
            if !self.recipe.is_usual() {
                let text = RichText::new("Usual").size(SMALL);
                let help = "Around the picture: the first stored pattern of each class";
                if ui.button(text).on_hover_text(help).clicked() {
                    self.recipe = self.recipe.usual();
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(BUTTON);
                let about = "Starts along a side of the finest picture: more show finer boundaries and take longer";
                let options = FINEST.map(|side| (side, SIDE_NAMES[side / 100], about));
                let options: Vec<(usize, &str, &str)> = options.into_iter().rev().collect();
                small_segmented(ui, "Finest", &mut context.view.finest, &options, |_| None);
                if let Some(picture) = context.session.portrait() {
                    ui.label(RichText::new(so_far(picture)).size(SMALL));
                }
            });
        });
    }
}

/// How much of a picture is there.
fn so_far(picture: &PortraitPicture) -> String {
    let side = picture.side;
    if picture.is_whole() {
        format!("{side} × {side} starts")
    } else {
        format!(
            "{side} × {side}: {}",
            percent(picture.n_rows as f64 / side as f64)
        )
    }
}

fn list(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let (size, stale) = (ui.available_size(), is_stale(context));
    context.card(ui, (LIST, size), stale, |ui, context| {
        if let Some(picture) = context.session.portrait() {
            list::ui(ui, picture, context);
        } else {
            title_label(ui, LIST, "");
            placeholder(
                ui,
                "What starts end in stands here as soon as there are some",
            );
        }
    });
}

fn is_stale(context: &PanelContext<'_>) -> bool {
    context.session.is_stale()
}

/// The wheel beside a recall.
pub(super) fn beside(ui: &mut Ui, mosaic: &mut MosaicView, context: &mut PanelContext<'_>) {
    let recipe = match &context.session.portrait_wish().recipe {
        wheel @ PortraitRecipe::Wheel { .. } => wheel.clone(),
        PortraitRecipe::Plane { .. } => PortraitRecipe::default(),
    };
    match found(context, recipe, FINEST_SMALL) {
        Ok(picture) => {
            if let Some(placed) = mosaic.show(ui, picture, context, AROUND_SMALL) {
                react(&placed, picture, context);
            }
        }
        Err(why) => placeholder(ui, &why),
    }
}

/// The picture as far as it is known; else what is said in its place. Asks for what is missing.
fn found<'a>(
    context: &mut PanelContext<'a>,
    recipe: PortraitRecipe,
    finest: usize,
) -> Result<&'a PortraitPicture, String> {
    let session = context.session;
    if session.recording().is_none() {
        return Err("Learning: the picture is drawn as soon as there is a memory".to_owned());
    }
    let wish = PortraitWish { recipe, finest };
    if *session.portrait_wish() != wish {
        context.commands.push(Command::Portray(wish));
    }
    if let Some(reason) = session.declined(WHAT) {
        return Err(sentence(&reason));
    }
    if session.is_to_be_measured(WHAT) {
        context.commands.push(Command::Measure(WHAT));
    }
    let picture = session.portrait();
    picture.ok_or_else(|| WHAT.under_way().to_owned())
}

fn how_to_read(plane: &StartPlane) -> &'static str {
    match plane {
        StartPlane::Wheel(..) => {
            "Centre: noise. Rim: stored patterns; on the way out, more and more units copy the pattern. Colour: what is recalled, darker \
             the longer it takes. Grey: something else. Click: that start in Recall."
        }
        StartPlane::Plane(..) => {
            "Every unit copies one of the three corners, the nearer one more often. Colour: what is recalled, darker the longer it takes. \
             Grey: something else. Click: that start in Recall."
        }
    }
}

/// Tells of the start under the pointer, and opens it in Recall where it is clicked on.
fn react(placed: &Placed, picture: &PortraitPicture, context: &mut PanelContext<'_>) {
    let Some((pixel, ending)) = placed.pointed(picture) else {
        return;
    };
    let patterns = &*picture.patterns;
    let Some(start) = picture.start(pixel) else {
        return;
    };
    let overlaps = patterns.overlaps(&start);
    let nearest = crate::engine::observables::nearest(&overlaps);
    let end = in_words(picture.nature(ending), |pattern| {
        pattern_name(patterns, pattern)
    });
    let sweeps = if ending.sweeps == 1 {
        "sweep"
    } else {
        "sweeps"
    };
    let about = format!(
        "Start: overlap {} with {}\nEnds after {} {sweeps} in {end}\nClick: this start in Recall",
        written(overlaps[nearest]),
        pattern_name(patterns, nearest),
        ending.sweeps
    );
    let clicked = placed.response.clicked();
    placed.response.clone().on_hover_text_at_pointer(about);
    // A start of an older memory is none of this one.
    let recording = context.session.recording();
    let is_of_this = recording.is_some_and(|it| Arc::ptr_eq(it.patterns(), &picture.patterns));
    if let Some(cue) = cue_of(&start, patterns).filter(|_| clicked && is_of_this) {
        context.draft.cue = cue;
        context.view.turn_to(Tab::Recall);
    }
}

/// What a start ends in, in words.
fn in_words(nature: &Nature, name: impl Fn(usize) -> String) -> String {
    match nature {
        Nature::Stored { pattern, differing }
        | Nature::Original {
            pattern: Some(pattern),
            differing,
        } => match differing {
            0 => name(*pattern),
            n => format!("{}, but for {n} units", name(*pattern)),
        },
        Nature::Negative {
            pattern: Some(pattern),
            ..
        } => format!("the negative of {}", name(*pattern)),
        Nature::Blend { members, .. } => {
            let members: Vec<String> = members.iter().map(|it| it.pattern.to_string()).collect();
            format!("a blend of stored patterns {}", members.join(", "))
        }
        Nature::Blank { .. } => "a blank sheet".to_owned(),
        Nature::Cycle { length } => format!("a cycle of {length} sweeps"),
        Nature::Unsettled => "nothing yet".to_owned(),
        _ => "a spurious state".to_owned(),
    }
}
