//! The bar at the top: menus out of the table of actions, undo and redo, the seed.

use super::{Panel, PanelContext, Place};
use crate::app::actions::Action;
use crate::app::restricted::{LOCKED, Restriction, action_name, restricted, restriction, tab_name};
use crate::app::theme::{GAP, HEADING, Palette};
use crate::app::view::Tab;
use crate::app::widgets::controls::{hint, segmented_where};
use crate::app::widgets::room::{PHONE, is_narrow};
use egui::{Align, Button, DragValue, Layout, MenuBar, RichText, Ui};

/// Menus by title, each with its actions; a rule stands between groups.
const MENUS: [(&str, &[&[Action]]); 4] = [
    (
        "File",
        &[
            &[
                Action::OpenSession,
                Action::SaveSession,
                Action::SaveSessionAs,
                Action::CopyShared,
            ],
            &[Action::TeacherOptions],
            &[
                Action::OpenPicture,
                Action::OpenPatterns,
                Action::OpenFolder,
            ],
            &[
                Action::SavePictures,
                Action::SaveReport,
                Action::SaveAnimation,
                Action::SaveFrames,
                Action::SaveArrays,
                Action::SavePicture,
            ],
            &[Action::Quit],
        ],
    ),
    (
        "Edit",
        &[
            &[Action::Undo, Action::Redo, Action::BackToStart],
            &[Action::NewNoise, Action::NextCue, Action::NewDraw],
            &[Action::StoreCue, Action::StoreState, Action::ClearMemory],
        ],
    ),
    (
        "View",
        &[
            &[Action::ShowWrong, Action::ShowFields],
            &[Action::ThemeDark, Action::ThemeLight, Action::ThemeSystem],
            &[Action::ReduceMotion],
            &[Action::Stage],
        ],
    ),
    (
        "Help",
        &[
            &[Action::Lessons],
            &[Action::Tour, Action::Scenes, Action::Gallery],
            &[
                Action::Help,
                Action::Keys,
                Action::Glossary,
                Action::Palette,
            ],
        ],
    ),
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

/// The bar of a window as narrow as a phone: all menus in one, and the tabs below.
fn narrow_bar(ui: &mut Ui, context: &mut PanelContext<'_>) {
    MenuBar::new().ui(ui, |ui| {
        ui.menu_button("Menu", |ui| menus(ui, context));
        at_the_end(ui, context);
    });
    ui.horizontal(|ui| tabs(ui, context));
}

fn bar(ui: &mut Ui, context: &mut PanelContext<'_>) {
    if ui.available_width() < PHONE {
        return narrow_bar(ui, context);
    }
    let palette = Palette::of(ui.visuals());
    MenuBar::new().ui(ui, |ui| {
        ui.label(RichText::new("Engram").size(HEADING).color(palette.strong));
        ui.add_space(GAP);
        menus(ui, context);
        ui.add_space(GAP);
        tabs(ui, context);
        at_the_end(ui, context);
    });
}

/// The menus, side by side or below each other.
fn menus(ui: &mut Ui, context: &mut PanelContext<'_>) {
    for (title, groups) in MENUS {
        ui.menu_button(title, |ui| {
            menu(ui, context, groups);
            match title {
                "File" => recent(ui, context),
                "View" => {
                    ui.separator();
                    egui::gui_zoom::zoom_menu_buttons(ui);
                }
                _ => {}
            }
        });
    }
}

/// What stands at the right end of the bar.
fn at_the_end(ui: &mut Ui, context: &mut PanelContext<'_>) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        restricted(ui, "seed", |ui| {
            let drag = DragValue::new(&mut context.draft.seed).speed(0.1).prefix("Seed ");
            ui.add(drag).on_hover_text(
                "Decides which digits are drawn and in which order units are asked; the same seed gives the same run. \
                 Drag or type",
            );
        });
        let start = context.session.teacher().start.as_ref();
        let start = start.map(|_start| Action::BackToStart);
        for action in [Action::Redo, Action::Undo].into_iter().chain(start) {
            item(ui, context, action, false);
        }
    });
}

/// What the window is about. A card that filled it was of the tab before.
fn tabs(ui: &mut Ui, context: &mut PanelContext<'_>) {
    ui.scope(|ui| {
        ui.spacing_mut().button_padding.x = if is_narrow(ui) { GAP } else { 1.5 * GAP };
        let is = |tab: Tab| restriction(ui.ctx(), &tab_name(tab));
        let shown: Vec<_> = Tab::ALL
            .into_iter()
            .filter(|(tab, ..)| is(*tab) != Some(Restriction::Hidden))
            .collect();
        let locked: Vec<Tab> = Tab::ALL
            .map(|(tab, ..)| tab)
            .into_iter()
            .filter(|tab| is(*tab).is_some())
            .collect();
        let refused = |tab| locked.contains(&tab).then_some(LOCKED);
        if segmented_where(ui, "Tab", &mut context.view.tab, &shown, refused).changed() {
            context.view.full = None;
        }
    });
}

fn menu(ui: &mut Ui, context: &mut PanelContext<'_>, groups: &[&[Action]]) {
    ui.set_min_width(220.0);
    let is_shown = |action: &&Action| {
        restriction(ui.ctx(), &action_name(**action)) != Some(Restriction::Hidden)
    };
    let groups: Vec<Vec<Action>> = groups
        .iter()
        .map(|group| group.iter().filter(is_shown).copied().collect())
        .filter(|group: &Vec<Action>| !group.is_empty())
        .collect();
    for (index, group) in groups.into_iter().enumerate() {
        if index > 0 {
            ui.separator();
        }
        for action in group {
            item(ui, context, action, true);
        }
    }
}

/// Sessions that were opened or saved.
fn recent(ui: &mut Ui, context: &mut PanelContext<'_>) {
    if context.recent.is_empty() {
        return;
    }
    ui.separator();
    hint(ui, "Recent sessions");
    for (index, path) in context.recent.iter().enumerate() {
        let name = path.file_name().unwrap_or(path.as_os_str());
        let button = Button::new(name.to_string_lossy()).frame_when_inactive(false);
        let button = ui.add(button.truncate());
        if button.on_hover_text(path.display().to_string()).clicked() {
            context.actions.push(Action::OpenRecent(index));
        }
    }
}

fn item(ui: &mut Ui, context: &mut PanelContext<'_>, action: Action, with_key: bool) {
    let enabled = match action {
        Action::Undo => context.session.can_undo(),
        Action::Redo => context.session.can_redo(),
        Action::BackToStart => context.session.teacher().start.is_some(),
        Action::StoreCue => context.session.cue().is_some(),
        Action::StoreState => context.session.recording().is_some(),
        _ => true,
    };
    let entry = action.entry();
    let mut button = Button::new(entry.text).frame_when_inactive(false);
    if let (Some(key), true) = (entry.key_text(ui.ctx()), with_key) {
        button = button.shortcut_text(key);
    }
    let on = match action {
        Action::ShowWrong => context.view.show_wrong,
        Action::ShowFields => context.view.show_fields,
        Action::ReduceMotion => context.view.still,
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
