//! Wheel and plane: what every start of a plane through state space ends in, in the tab and beside a recall.

use super::asking::asked_on;
use super::landmarks;
use super::mosaic::{MosaicView, Placed};
use super::states_sheet::{StatesSheet, in_words, open};
use crate::app::panels::{PanelContext, save};
use crate::app::theme::SMALL;
use crate::app::view::FINEST;
use crate::app::widgets::controls::{hint, small_segmented};
use crate::app::widgets::full_card::placeholder;
use crate::app::widgets::room::room_above;
use crate::app::widgets::thumbnails::DraggedPattern;
use crate::engine::numbers::percent;
use crate::engine::patterns::Alphabet;
use crate::lab::portraits::{PortraitPicture, PortraitRecipe, StartPlane};
use crate::session::{Measurement, PortraitWish, Wish};
use crate::trial::words::{overlap as written, pattern_name};
use egui::{Rect, RichText, Sense, Ui, UiBuilder, Vec2};

/// Room in points around a picture for what stands on its rim: in a tab of its own, and beside a recall.
const AROUND: f32 = 58.0;
const AROUND_SMALL: f32 = 27.0;

/// Room in points below a picture for how to read it.
const FOOT: f32 = 40.0;

/// Size in points of the start pointed at, and of its end.
const POINTED: f32 = 62.0;

/// Starts along a side of a picture beside a recall.
const FINEST_SMALL: usize = 128;

/// What is drawn, and the texture that is kept between frames.
pub(super) struct Pictures {
    /// What is drawn: a wheel or a plane.
    pub(super) recipe: PortraitRecipe,
    mosaic: MosaicView,
}

impl Pictures {
    pub(super) fn of(recipe: PortraitRecipe) -> Self {
        Self {
            recipe,
            mosaic: MosaicView::default(),
        }
    }

    /// Draws the picture into the room that is left.
    pub(super) fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        ui.horizontal(|ui| self.controls(ui, context));
        let recipe = self.recipe.clone();
        match found(context, 0, recipe, context.view.finest) {
            Ok(picture) => {
                let room = room_above(ui, FOOT);
                let rect = Rect::from_min_size(ui.cursor().min, room);
                let builder = UiBuilder::new().id_salt("picture").max_rect(rect);
                let mut inner = ui.new_child(builder);
                self.mosaic.as_landscape = context.view.landscape && !picture.energies.is_empty();
                let placed = self.mosaic.show(&mut inner, picture, context, AROUND);
                if let Some(placed) = placed {
                    save::menu(&placed.response, context.exports, &placed.figure);
                    if let Some(other) = landmarks::edit(ui, &placed, picture, context, AROUND) {
                        self.recipe = other;
                    }
                    react(&placed, picture, &mut self.mosaic.pointed, context);
                }
                ui.allocate_space(room);
                DraggedPattern::paint(ui, context.atlas);
                hint(ui, &how_to_read(picture, self.mosaic.as_landscape));
            }
            Err(why) => placeholder(ui, &why),
        }
    }

    /// How fine, whether as a landscape, and how much of it is there.
    fn controls(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let about =
            "Starts along a side of the finest picture: more show finer boundaries and take longer";
        let options = FINEST.map(|(side, name)| (side, name, about));
        small_segmented(ui, "Finest", &mut context.view.finest, &options, |_| None);
        if !self.recipe.is_usual() {
            let text = RichText::new("Usual").size(SMALL);
            let help = "Around the picture: the first stored pattern of each class";
            if ui.button(text).on_hover_text(help).clicked() {
                self.recipe = self.recipe.usual();
            }
        }
        let has_energy = context
            .session
            .recording()
            .is_some_and(|it| it.memory().has_energy());
        let text = RichText::new("Energy").size(SMALL);
        let button = egui::Button::new(text).selected(context.view.landscape && has_energy);
        let button = ui.add_enabled(has_energy, button);
        let help =
            "The energy of every start as a landscape: light from the upper left, and contours";
        let button = button.on_hover_text(help);
        let none = "Couplings that are not symmetric have no energy";
        if button.on_disabled_hover_text(none).clicked() {
            context.view.landscape = !context.view.landscape;
        }
        if let Some(picture) = context.session.portrait() {
            let learns = context.session.learned_so_far().is_some();
            let learns = if learns { ", while it learns" } else { "" };
            let said = so_far(picture) + learns;
            ui.label(RichText::new(said).size(SMALL));
        }
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

/// The wheel beside a recall: of track `track`.
pub(in crate::app::panels) fn beside(
    ui: &mut Ui,
    mosaic: &mut MosaicView,
    track: usize,
    context: &mut PanelContext<'_>,
) {
    mosaic.track = track;
    let recipe = match &context.session.wishes().portrait.recipe {
        wheel @ PortraitRecipe::Wheel { .. } => wheel.clone(),
        PortraitRecipe::Plane { .. } => PortraitRecipe::default(),
    };
    match found(context, track, recipe, FINEST_SMALL) {
        Ok(picture) => {
            if let Some(placed) = mosaic.show(ui, picture, context, AROUND_SMALL) {
                save::menu(&placed.response, context.exports, &placed.figure);
                react(&placed, picture, &mut mosaic.pointed, context);
            }
        }
        Err(why) => placeholder(ui, &why),
    }
}

/// The picture as far as it is known; else what is said in its place. Asks for what is missing.
fn found<'a>(
    context: &mut PanelContext<'a>,
    track: usize,
    recipe: PortraitRecipe,
    finest: usize,
) -> Result<&'a PortraitPicture, String> {
    let wish = PortraitWish { recipe, finest };
    let is_new = context.session.wishes().portrait != wish;
    let wish = is_new.then_some(Wish::Portrait(wish));
    asked_on(context, track, Measurement::Portrait, wish)?;
    let picture = context.session.portrait_on(track);
    picture.ok_or_else(|| Measurement::Portrait.under_way().to_owned())
}

/// What is seen, in two lines.
fn how_to_read(picture: &PortraitPicture, as_landscape: bool) -> String {
    let what = match *picture.plane {
        StartPlane::Wheel(..) => {
            "Centre: noise. Rim: stored patterns; on the way out, more and more units copy the pattern."
        }
        StartPlane::Plane(..) => {
            "Every unit copies one of the three corners, the nearer one more often."
        }
    };
    let click = if can_open(picture) {
        " Click: that start in Recall."
    } else {
        ""
    };
    let shade = if as_landscape {
        "Light and lines: the energy of the starts, smoothed."
    } else {
        "Darker: takes longer."
    };
    format!("{what} Colour: what is recalled; grey: something else. {shade}{click}")
}

/// Whether its starts can be cues: letters are not drawn.
fn can_open(picture: &PortraitPicture) -> bool {
    picture.patterns.alphabet() == Alphabet::Signs
}

/// Tells of the start under the pointer, and opens it in Recall where it is clicked on.
fn react(
    placed: &Placed,
    picture: &PortraitPicture,
    sheet: &mut StatesSheet,
    context: &mut PanelContext<'_>,
) {
    let Some((pixel, ending)) = placed.pointed(picture) else {
        return;
    };
    let patterns = &*picture.patterns;
    let Some(start) = picture.start(pixel) else {
        return;
    };
    let overlaps = patterns.overlaps(&start);
    let nearest = crate::engine::observables::nearest(&overlaps);
    let end = in_words(picture.nature(ending), patterns);
    let sweeps = if ending.sweeps == 1 {
        "sweep"
    } else {
        "sweeps"
    };
    let click = if can_open(picture) {
        "\nClick: this start in Recall"
    } else {
        ""
    };
    let about = format!(
        "Start: overlap {} with {}\nEnds after {} {sweeps} in {end}{click}",
        written(overlaps[nearest]),
        pattern_name(patterns, nearest),
        ending.sweeps
    );
    let clicked = placed.response.clicked();
    let mut shown = vec![start.clone()];
    let attractor = &picture.catalogue.attractors()[ending.attractor];
    shown.extend(attractor.state.clone());
    let n_shown = shown.len();
    sheet.put(&placed.response.ctx, shown, patterns);
    placed.response.clone().on_hover_ui_at_pointer(|ui| {
        ui.horizontal(|ui| {
            for place in 0..n_shown {
                let (rect, _) = ui.allocate_exact_size(Vec2::splat(POINTED), Sense::hover());
                sheet.paint(ui.painter(), place, rect);
            }
        });
        ui.label(about);
    });
    if clicked {
        open(context, &start, &picture.patterns);
    }
}
