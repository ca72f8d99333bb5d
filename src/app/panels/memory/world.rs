//! Where patterns come from: the world, its settings, and the stored patterns as thumbnails.

use super::super::PanelContext;
use super::{digits, settings};
use crate::app::actions::Action;
use crate::app::theme::{GAP, Palette, TITLE};
use crate::app::widgets::thumbnails::Thumbnails;
use crate::engine::Error;
use crate::engine::settings::Kinds as _;
use crate::session::Command;
use crate::trial::{Cue, Start, words};
use crate::worlds::World;
use egui::{ComboBox, ProgressBar, RichText, Ui, Vec2, vec2};

/// Least height of the thumbnails: below, the panel scrolls.
const LEAST: f32 = 66.0;

/// Which world, and its settings.
pub(super) fn ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    choice(ui, context);
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
    preparing(ui, context);
}

/// Every world.
fn choice(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let palette = Palette::of(ui.visuals());
    let current = context.draft.world.about();
    ui.horizontal(|ui| {
        ui.label(RichText::new("World").size(TITLE).color(palette.strong));
        let room = ui.available_width() - 10.0;
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
    });
}

/// Which file or folder it is, and others instead.
fn opened(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let World::File(files) = &context.draft.world else {
        return;
    };
    let name = files.input.name().to_owned();
    ui.horizontal(|ui| {
        let room = ui.available_width() - 148.0;
        let short = std::path::Path::new(&name).file_name();
        let short = short.map_or_else(|| name.clone().into(), |short| short.to_string_lossy());
        ui.scope(|ui| {
            ui.set_max_width(room.max(40.0));
            ui.add(egui::Label::new(short).truncate());
        })
        .response
        .on_hover_text(&name);
        for (text, action) in [
            ("Open…", Action::OpenPatterns),
            ("Folder…", Action::OpenFolder),
        ] {
            let button = ui.button(text);
            if button.on_hover_text(action.tooltip(ui.ctx())).clicked() {
                context.actions.push(action);
            }
        }
    });
}

/// The settings as their table says.
fn rows(ui: &mut Ui, context: &mut PanelContext<'_>, all: bool) {
    let about = context.draft.world.about();
    let shown = if all { usize::MAX } else { about.n_first };
    let available = context.session.source().map(|source| source.available());
    let edits = world_rows(ui, &mut context.draft.world, shown, available);
    context.refused.extend(edits);
}

/// The first `shown` settings of `world`, of whose data so many patterns can be stored. What it refused of what was
/// typed.
pub(in crate::app) fn world_rows(
    ui: &mut Ui,
    world: &mut World,
    shown: usize,
    available: Option<usize>,
) -> Vec<Error> {
    match World::named(world.about().name) {
        Ok(default) => settings::rows(ui, world.any_mut(), default.any(), shown, available),
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
        let room = ui.available_width() - 56.0;
        let text = format!("preparing, {:.0} %", 100.0 * done);
        ui.add(ProgressBar::new(done).desired_width(room).text(text));
        let stop = ui.button("Stop");
        if stop.on_hover_text("Keep what was there").clicked() {
            context.commands.push(Command::StopLearning);
        }
    });
}

/// The patterns themselves, and others instead.
pub(super) fn stored(ui: &mut Ui, context: &mut PanelContext<'_>) {
    ui.add_space(GAP / 2.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP / 2.0;
        let others = ui.button("Others");
        if others
            .on_hover_text(Action::NewDraw.tooltip(ui.ctx()))
            .clicked()
        {
            context.actions.push(Action::NewDraw);
        }
        digits::buttons(ui, context);
    });
    thumbnails(ui, context);
}

fn thumbnails(ui: &mut Ui, context: &mut PanelContext<'_>) {
    ui.add_space(GAP / 2.0);
    let Some(patterns) = context.session.patterns() else {
        ui.label("Preparing the patterns…");
        return;
    };
    let overlaps = context
        .snapshot
        .map(|snapshot| &snapshot.overlaps)
        .filter(|_| context.shows_stored());
    let about = |pattern: usize| {
        let name = words::pattern_name(patterns, pattern);
        match overlaps {
            Some(overlaps) => format!("{name}, overlap {:.2}", overlaps[pattern]),
            None => name,
        }
    };
    let target = match context.draft.cue.start {
        Start::Stored(pattern) => Some(pattern),
        _ => None,
    };
    let nearest = context.snapshot.map(|snapshot| snapshot.nearest);
    let room = ui.available_height().max(LEAST);
    let sheet = Thumbnails {
        atlas: context.atlas,
        cell: cell(
            vec2(ui.available_width(), room),
            patterns.grid().columns,
            patterns.n_patterns(),
        ),
        height: room,
        chosen: &|pattern| target == Some(pattern),
        nearest: overlaps.and(nearest),
        highlight: context.view.shown_pattern,
        leave_out: (patterns.n_patterns() > 1).then_some("Forget this pattern"),
        about: &about,
    };
    let found = sheet.show(ui);
    if let Some(pattern) = found.hovered {
        context.view.hovered_pattern = Some(pattern);
    }
    if let Some(pattern) = found.left_out {
        let origins = context.session.stored_origins();
        context.draft.remove_pattern(pattern, origins);
    }
    if let Some(pattern) = found.clicked {
        let cue = &mut context.draft.cue;
        *cue = Cue {
            corruption: cue.corruption,
            ..Cue::new(Start::Stored(pattern))
        };
    }
}

/// Width of a thumbnail of `tile` units: the largest whole multiple, and a margin, with which all of them fit into
/// `room`; at least once, or twice for the small size.
fn cell(size: Vec2, tile: usize, n_patterns: usize) -> f32 {
    let cells = (1..=4).rev().map(|times| (times * tile) as f32 + 4.0);
    let mut cells = cells.filter(|cell| (30.0..=64.0).contains(cell));
    let fits = |cell: &f32| {
        let columns = ((size.x / (cell + 2.0)) as usize).max(1);
        n_patterns.div_ceil(columns) as f32 * (size.x / columns as f32) <= size.y
    };
    cells
        .clone()
        .find(fits)
        .or_else(|| cells.next_back())
        .unwrap_or(32.0)
}
