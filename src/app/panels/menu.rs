//! The bar at the top: menus out of the table of actions, undo and redo, the seed.

use super::{Panel, PanelContext, Place};
use crate::app::actions::Action;
use crate::app::theme::{GAP, HEADING, Palette};
use crate::app::view::Tab;
use crate::app::widgets::controls::segmented;
use egui::{Align, Button, DragValue, Layout, MenuBar, RichText, Ui};

/// Menus by title, each with its actions; a rule stands between groups.
const MENUS: [(&str, &[&[Action]]); 4] = [
    (
        "File",
        &[
            &[
                Action::OpenPicture,
                Action::OpenPatterns,
                Action::OpenFolder,
            ],
            &[Action::SavePicture],
            &[Action::Quit],
        ],
    ),
    (
        "Edit",
        &[
            &[Action::Undo, Action::Redo],
            &[Action::NewNoise, Action::NextCue, Action::NewDraw],
            &[Action::StoreCue, Action::StoreState, Action::ClearMemory],
        ],
    ),
    (
        "View",
        &[
            &[Action::ShowWrong, Action::ShowFields],
            &[Action::ThemeDark, Action::ThemeLight, Action::ThemeSystem],
            &[Action::Stage],
        ],
    ),
    ("Help", &[&[Action::Help, Action::Palette]]),
];

/// The panel.
#[derive(Default)]
pub(super) struct Menu;

impl Panel for Menu {
    fn title(&self) -> &'static str {
        "Menu"
    }

    fn place(&self) -> Place {
        Place::Top
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        bar(ui, context);
    }
}

fn bar(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let palette = Palette::of(ui.visuals());
    MenuBar::new().ui(ui, |ui| {
        ui.label(RichText::new("Engram").size(HEADING).color(palette.strong));
        ui.add_space(GAP);
        for (title, groups) in MENUS {
            ui.menu_button(title, |ui| menu(ui, context, groups));
        }
        ui.add_space(GAP);
        tabs(ui, context);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let drag = DragValue::new(&mut context.draft.seed).speed(0.1).prefix("Seed ");
            ui.add(drag).on_hover_text(
                "Decides which digits are drawn and in which order units are asked; the same seed gives the same run. \
                 Drag or type",
            );
            for action in [Action::Redo, Action::Undo] {
                item(ui, context, action, false);
            }
        });
    });
}

/// What the window is about. A card that filled it was of the tab before.
fn tabs(ui: &mut Ui, context: &mut PanelContext<'_>) {
    ui.scope(|ui| {
        ui.spacing_mut().button_padding.x = 1.5 * GAP;
        if segmented(ui, "Tab", &mut context.view.tab, &Tab::ALL).changed() {
            context.view.full = None;
        }
    });
}

fn menu(ui: &mut Ui, context: &mut PanelContext<'_>, groups: &[&[Action]]) {
    ui.set_min_width(220.0);
    for (index, group) in groups.iter().enumerate() {
        if index > 0 {
            ui.separator();
        }
        for action in *group {
            item(ui, context, *action, true);
        }
    }
}

fn item(ui: &mut Ui, context: &mut PanelContext<'_>, action: Action, with_key: bool) {
    let enabled = match action {
        Action::Undo => context.session.can_undo(),
        Action::Redo => context.session.can_redo(),
        Action::StoreCue => context.session.cue().is_some(),
        Action::StoreState => context.session.recording().is_some(),
        _ => true,
    };
    let entry = action.entry();
    let mut button = Button::new(entry.text).frame_when_inactive(false);
    if let (Some(shortcut), true) = (entry.shortcut, with_key) {
        button = button.shortcut_text(ui.ctx().format_shortcut(&shortcut));
    }
    let on = match action {
        Action::ShowWrong => context.view.show_wrong,
        Action::ShowFields => context.view.show_fields,
        Action::ThemeDark => {
            ui.ctx().options(|o| o.theme_preference) == egui::ThemePreference::Dark
        }
        Action::ThemeLight => {
            ui.ctx().options(|o| o.theme_preference) == egui::ThemePreference::Light
        }
        Action::ThemeSystem => {
            ui.ctx().options(|o| o.theme_preference) == egui::ThemePreference::System
        }
        _ => false,
    };
    context.button(ui, action, button.selected(on), enabled);
}
