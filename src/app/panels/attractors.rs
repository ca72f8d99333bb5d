//! Attractors: views of the landscape of one memory, and the list of what starts end in.
//!
//! Everything is measured while it is looked at and follows every slider. Absent: working it out; jobs of the session do
//! that. A view is a file; which one is shown, [`AttractorView`] says.

mod asking;
mod bands;
mod census;
mod flips;
mod landmarks;
mod list;
mod mosaic;
mod pictures;
mod shares;
mod states;
mod states_sheet;
mod tree;
mod walk;

use super::{Panel, PanelContext, Place};
use crate::app::theme::{GAP, SMALL};
use crate::app::view::AttractorView;
use crate::app::widgets::controls::{small_segmented, title_label};
use crate::app::widgets::full_card::{BUTTONS, placeholder};
use crate::lab::portraits::{PortraitRecipe, command_for, landmarks_written};
use egui::{Align, Button, Layout, Rect, RichText, Ui, UiBuilder, pos2};
pub(super) use mosaic::MosaicView;
use pictures::Pictures;
pub(super) use pictures::beside;

/// The card with the view.
const PICTURE: &str = "View of the attractors";
/// The card with what starts end in.
const LIST: &str = "Attractors";

/// Width of “Copy command” in points, below which it stands under the views.
const COPY: f32 = 92.0;

/// Controls beside one another or, where there are less than `wide` points for them, one below the other.
fn controls_row(ui: &mut Ui, wide: f32, add_controls: impl FnOnce(&mut Ui)) {
    if ui.available_width() < wide {
        ui.with_layout(Layout::top_down(Align::Min), add_controls);
    } else {
        ui.horizontal(add_controls);
    }
}

/// The panel, with what views keep between frames.
pub(super) struct Attractors {
    wheel: Pictures,
    plane: Pictures,
    census: census::Census,
    bands: bands::Bands,
    flips: flips::Flips,
    walk: walk::Walk,
    tree: tree::Tree,
    states: states::States,
}

impl Default for Attractors {
    fn default() -> Self {
        let corners = Vec::new();
        Self {
            wheel: Pictures::of(PortraitRecipe::default()),
            plane: Pictures::of(PortraitRecipe::Plane { corners }),
            census: census::Census::default(),
            bands: bands::Bands::default(),
            flips: flips::Flips::default(),
            walk: walk::Walk::default(),
            tree: tree::Tree::default(),
            states: states::States::default(),
        }
    }
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
        let has_list = has_list(context.view.attractors);
        match context.view.full {
            Some(PICTURE) => return self.view(ui, context),
            Some(LIST) if has_list => return self.list(ui, context),
            _ if !has_list => return self.view(ui, context),
            _ => {}
        }
        let right = (0.25 * room.width()).clamp(250.0, 380.0);
        let to = room.right() - right;
        let left = Rect::from_min_max(room.min, pos2(to - GAP, room.bottom()));
        let right = Rect::from_min_max(pos2(to, room.top()), room.max);
        let builder = UiBuilder::new().id_salt(PICTURE).max_rect(left);
        self.view(&mut ui.new_child(builder), context);
        let builder = UiBuilder::new().id_salt(LIST).max_rect(right);
        self.list(&mut ui.new_child(builder), context);
        ui.allocate_rect(room, egui::Sense::hover());
    }
}

/// Whether what starts end in is listed beside a view.
fn has_list(view: AttractorView) -> bool {
    matches!(
        view,
        AttractorView::Wheel | AttractorView::Plane | AttractorView::Census
    )
}

impl Attractors {
    fn view(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let (size, stale) = (ui.available_size(), context.session.is_stale_on(0));
        context.card(ui, (PICTURE, size), stale, |ui, context| {
            self.head(ui, context);
            match context.view.attractors {
                AttractorView::Wheel => self.wheel.ui(ui, context),
                AttractorView::Plane => self.plane.ui(ui, context),
                AttractorView::Census => self.census.ui(ui, context),
                AttractorView::Bands => self.bands.ui(ui, context),
                AttractorView::Flips => self.flips.ui(ui, context),
                AttractorView::Walk => self.walk.ui(ui, context),
                AttractorView::Tree => self.tree.ui(ui, context),
                AttractorView::States => self.states.ui(ui, context),
            }
        });
    }

    /// Which view, and the command line that gives its rows.
    fn head(&self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let fits = ui
            .horizontal(|ui| {
                let view = &mut context.view.attractors;
                small_segmented(ui, "View", view, &AttractorView::ALL, |_| None);
                let fits = ui.available_width() >= COPY + BUTTONS;
                if fits {
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        ui.add_space(BUTTONS);
                        self.copy_command(ui, context);
                    });
                }
                fits
            })
            .inner;
        if !fits {
            self.copy_command(ui, context);
        }
        ui.add_space(3.0);
    }

    /// The button that copies the command line.
    fn copy_command(&self, ui: &mut Ui, context: &PanelContext<'_>) {
        let command = self.command(context);
        let help = match &command {
            Some(command) => {
                format!("Copy the command line that gives the same rows:\n{command}")
            }
            None => "There is no command line for this: it looks at what was drawn, edited or opened by hand, or at a walk".to_owned(),
        };
        let button = Button::new(RichText::new("Copy command").size(SMALL)).small();
        let button = ui.add_enabled(command.is_some(), button);
        let button = button.on_hover_text(&help).on_disabled_hover_text(&help);
        if let Some(command) = command.filter(|_| button.clicked()) {
            ui.ctx().copy_text(command);
        }
    }

    /// The command line that gives the rows of the view shown; none where there is none.
    fn command(&self, context: &PanelContext<'_>) -> Option<String> {
        let (session, view) = (context.session, context.view.attractors);
        let side = ("side", context.view.finest.to_string());
        let (what, own) = match view {
            AttractorView::Wheel | AttractorView::Plane => {
                let picture = session.portrait()?;
                let around = landmarks_written(picture.plane.landmarks())?;
                match view {
                    AttractorView::Wheel => ("wheel", vec![("rim", around), side]),
                    _ => ("plane", vec![("corners", around), side]),
                }
            }
            AttractorView::Census => ("census", self.census.parts()),
            AttractorView::Bands => ("bands", self.bands.parts()),
            AttractorView::Flips => ("fragile", Vec::new()),
            AttractorView::Walk => return None,
            AttractorView::Tree => ("tree", Vec::new()),
            AttractorView::States => ("states", Vec::new()),
        };
        command_for(session.recipe(), what, &own)
    }

    fn list(&self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let (size, stale) = (ui.available_size(), context.session.is_stale_on(0));
        context.card(ui, (LIST, size), stale, |ui, context| {
            let is_there = match context.view.attractors {
                AttractorView::Census => self.census.list(ui, context),
                _ => match context.session.portrait() {
                    Some(picture) => {
                        list::of_picture(ui, picture, context);
                        true
                    }
                    None => false,
                },
            };
            if !is_there {
                title_label(ui, LIST, "");
                placeholder(
                    ui,
                    "What starts end in stands here as soon as there are some",
                );
            }
        });
    }
}
