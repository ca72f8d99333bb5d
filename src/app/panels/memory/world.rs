//! Where patterns come from: the world and its settings.

use super::super::PanelContext;
use super::section::{self, Section};
use super::{digits, settings};
use crate::app::actions::Action;
use crate::app::restricted::restricted;
use crate::app::start;
use crate::app::theme::GAP;
use crate::app::widgets::room::width_left;
use crate::engine::Error;
use crate::engine::settings::Kinds as _;
use crate::session::Command;
use crate::worlds::{Source, World};
use egui::{Button, ComboBox, ProgressBar, Ui};

/// Which world, and its settings.
pub(super) fn ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    if section::head(ui, context, Section::World, choice) {
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            let all = context.view.more_memory;
            if context.draft.world.mnist().is_some() {
                digits::settings(ui, context, all);
            } else {
                opened(ui, context);
                rows(ui, context, all);
            }
        });
    }
    preparing(ui, context);
}

/// Every world.
fn choice(ui: &mut Ui, context: &mut PanelContext<'_>) {
    restricted(ui, "world", |ui| choose(ui, context));
}

fn choose(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let current = context.draft.world.about();
    let room = width_left(ui, 10.0);
    let list = ComboBox::from_id_salt("world")
        .selected_text(current.title)
        .truncate()
        .width(room);
    let shown = list.show_ui(ui, |ui| {
        for world in World::ALL.iter().map(|make| make()) {
            let about = world.about();
            let chosen = about.name == current.name;
            let line = ui
                .selectable_label(chosen, about.title)
                .on_hover_text(about.summary);
            match world {
                _ if !line.clicked() || chosen => (),
                // What it is made of must be opened first, and is looked at before it is taken.
                World::File(_) => context.actions.push(Action::OpenPatterns),
                world => context.draft.world = world,
            }
        }
    });
    let about = format!(
        "Where patterns come from. {}. {}",
        current.summary, current.reference
    );
    shown.response.on_hover_text(about);
}

/// Which file or folder it is, and others instead.
fn opened(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let World::File(files) = &context.draft.world else {
        return;
    };
    let name = files.input.name().to_owned();
    ui.horizontal(|ui| {
        let room = width_left(ui, 148.0);
        let short = std::path::Path::new(&name).file_name();
        let short = short.map_or_else(|| name.clone().into(), |short| short.to_string_lossy());
        ui.scope(|ui| {
            ui.set_max_width(room.max(40.0));
            ui.add(egui::Label::new(short).truncate());
        })
        .response
        .on_hover_text(format!("{name}; {}", start::dropping()));
        for (text, action) in [
            ("Open…", Action::OpenPatterns),
            ("Folder…", Action::OpenFolder),
        ] {
            context.button(ui, action, Button::new(text), true);
        }
    });
}

/// The settings as their table says.
fn rows(ui: &mut Ui, context: &mut PanelContext<'_>, all: bool) {
    let about = context.draft.world.about();
    let shown = if all { usize::MAX } else { about.n_first };
    let source = context.session.source().cloned();
    let source = source.filter(|source| source.world().about().name == about.name);
    let edits = rows_of(
        ui,
        ("world", &mut context.draft.world),
        shown,
        source.as_deref(),
    );
    context.refused.extend(edits);
}

/// The first `shown` settings of `world`, which is of no recipe in force, of those that make a difference for its
/// `source`. What it refused of what was typed.
pub(in crate::app) fn world_rows(
    ui: &mut Ui,
    world: &mut World,
    shown: usize,
    source: Option<&Source>,
) -> Vec<Error> {
    rows_of(ui, ("", world), shown, source)
}

/// The same of a world whose paths begin with `section`.
fn rows_of(
    ui: &mut Ui,
    (section, world): (&str, &mut World),
    shown: usize,
    source: Option<&Source>,
) -> Vec<Error> {
    match World::named(world.about().name) {
        Ok(default) => {
            let settings = (section, world.any_mut());
            settings::rows(ui, settings, default.any(), shown, source)
        }
        Err(unknown) => vec![unknown],
    }
}

/// The settings of `world` that decide how what was opened is read. What it refused of what was typed.
pub(in crate::app) fn reading_rows(ui: &mut Ui, world: &mut World) -> Vec<Error> {
    let before = world.clone();
    let decides = |key: &str| before.decides_data(key);
    match World::named(world.about().name) {
        Ok(default) => settings::rows_where(ui, world.any_mut(), default.any(), &decides),
        Err(unknown) => vec![unknown],
    }
}

/// How far preparing has come, where it takes long.
fn preparing(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(done) = context.session.preparing().filter(|done| *done > 0.0) else {
        return;
    };
    ui.add_space(GAP / 2.0);
    ui.horizontal(|ui| {
        let room = width_left(ui, 56.0);
        let text = format!("preparing, {:.0} %", 100.0 * done);
        ui.add(ProgressBar::new(done).desired_width(room).text(text));
        let stop = ui.button("Stop");
        if stop.on_hover_text("Keep what was there").clicked() {
            context.commands.push(Command::StopLearning);
        }
    });
}
