//! Files that were opened as a world: what was found in them, and what the patterns look like, before they are taken.

use super::memory::{reading_rows, world_rows};
use super::{Panel, PanelContext, Place};
use crate::app::theme::{GAP, HEADING, Palette};
use crate::app::widgets::controls::{hint, primary_button};
use crate::app::widgets::question::question;
use crate::app::widgets::thumbnails::{Atlas, Thumbnails};
use crate::engine::Alphabet;
use crate::engine::numbers::{count, percent};
use crate::session::{Candidate, Command};
use crate::trial::Start;
use crate::worlds::{Findings, Stored, World};
use egui::{Context, ProgressBar, RichText, Ui};

/// Width of the window in points.
const WIDTH: f32 = 620.0;
/// Width of the settings.
const SETTINGS: f32 = 236.0;
/// Height of the thumbnails.
const HEIGHT: f32 = 300.0;

/// The window, with the pictures it keeps between frames.
#[derive(Default)]
pub(super) struct Preview {
    atlas: Atlas,
    shown: Option<(u64, Result<Stored, String>)>,
}

impl Panel for Preview {
    fn title(&self) -> &'static str {
        "Patterns from your files"
    }

    fn place(&self) -> Place {
        Place::Above
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        self.modal(ui.ctx(), context);
    }
}

impl Preview {
    /// Draws the window while files wait.
    fn modal(&mut self, ctx: &Context, context: &mut PanelContext<'_>) {
        let Some(candidate) = context.session.candidate() else {
            self.shown = None;
            return;
        };
        self.refresh(ctx, candidate);
        let modal = question(ctx, "candidate", WIDTH, |ui| {
            let palette = Palette::of(ui.visuals());
            let title = RichText::new("Patterns from your files").size(HEADING);
            ui.label(title.color(palette.strong));
            hint(ui, candidate.world().settings().name());
            ui.add_space(GAP);
            if let Some(why) = candidate.refused() {
                ui.label(RichText::new(why.to_string()).color(palette.warn));
                ui.add_space(GAP);
                hint(ui, "With other settings it may be read:");
                ui.vertical(|ui| {
                    ui.set_max_width(SETTINGS);
                    settings(ui, context, candidate);
                });
                ui.add_space(GAP);
                return self.choice(ui, context, candidate);
            }
            let Some(source) = candidate.source() else {
                let done = context.session.reading().unwrap_or(1.0);
                let text = format!("reading, {:.0} %", 100.0 * done);
                ui.add(ProgressBar::new(done).text(text));
                return self.choice(ui, context, candidate);
            };
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    ui.set_width(SETTINGS);
                    self.findings(ui, source.findings());
                    ui.add_space(GAP / 2.0);
                    settings(ui, context, candidate);
                });
                ui.add_space(GAP);
                ui.vertical(|ui| self.patterns(ui, candidate));
            });
            ui.add_space(GAP);
            self.choice(ui, context, candidate)
        });
        if modal.should_close() && !modal.inner {
            context.commands.push(Command::CloseWorld);
        }
    }

    /// What was found, and what somebody should look at.
    fn findings(&self, ui: &mut Ui, findings: Findings) {
        for said in &findings.said {
            hint(ui, said);
        }
        let findings = match &self.shown {
            Some((_, Ok(stored))) => findings.with_patterns(&stored.patterns),
            _ => findings,
        };
        let warn = Palette::of(ui.visuals()).warn;
        for warning in findings.warnings() {
            ui.label(RichText::new(warning).small().color(warn));
        }
    }

    /// What would be stored.
    fn patterns(&self, ui: &mut Ui, candidate: &Candidate) {
        let gray = candidate
            .source()
            .is_some_and(|source| source.offers("method"));
        let gray = gray && candidate.world().settings().alphabet() == Alphabet::Signs;
        let noun = candidate.world().about().noun;
        match &self.shown {
            Some((_, Ok(stored))) => {
                let patterns = &stored.patterns;
                let about = |pattern: usize| match patterns.label(pattern) {
                    Some(label) => format!("{noun} {}, {label}", stored.origins[pattern]),
                    None => format!("{noun} {}", stored.origins[pattern]),
                };
                let sheet = Thumbnails {
                    atlas: &self.atlas,
                    cell: 56.0,
                    height: HEIGHT,
                    nearest: None,
                    highlight: None,
                    chosen: &|_| false,
                    added: &|_| false,
                    leave_out: None,
                    about: &about,
                };
                sheet.show(ui);
                let (p, n) = (patterns.n_patterns(), patterns.n_units());
                let mut text = format!("P = {} of N = {} units", count(p as u64), count(n as u64));
                // What a threshold makes of gray is worth a look; signs and letters are as they came.
                if gray {
                    let up = 0.5 + 0.5 * patterns.mean_activity();
                    text = format!("{text}, {} at +1", percent(up));
                }
                hint(ui, &text);
            }
            Some((_, Err(problem))) => {
                let palette = Palette::of(ui.visuals());
                ui.label(RichText::new(problem).color(palette.warn));
            }
            None => (),
        }
    }

    /// Take them or leave them; true once something was chosen.
    fn choice(&self, ui: &mut Ui, context: &mut PanelContext<'_>, candidate: &Candidate) -> bool {
        ui.horizontal(|ui| {
            let ready = matches!(self.shown, Some((_, Ok(_))));
            let take = ui
                .add_enabled_ui(ready, |ui| primary_button(ui, "Use these patterns"))
                .inner
                .clicked();
            if take {
                context.draft.world = candidate.world().clone();
                context.draft.cue = context.draft.cue.restarted(Start::Stored(0));
                context.draft.cue.corruption.rectangle = None;
            }
            let close = take || ui.button("Cancel").clicked();
            if close {
                // Taken first: what was read for the look is then used.
                context.commands.push(Command::CloseWorld);
            }
            close
        })
        .inner
    }

    fn refresh(&mut self, ctx: &Context, candidate: &Candidate) {
        let version = candidate.version();
        if self.shown.as_ref().is_some_and(|(of, _)| *of == version) {
            return;
        }
        self.shown = candidate.source().map(|source| {
            let stored = source.stored();
            if let Ok(stored) = &stored {
                self.atlas.update(ctx, &stored.patterns, version);
            }
            (version, stored.map_err(|problem| problem.to_string()))
        });
    }
}

/// Every setting of the world, at once: this is the moment to get them right; where it could not be read, those that
/// decide how it is.
fn settings(ui: &mut Ui, context: &mut PanelContext<'_>, candidate: &Candidate) {
    let mut world: World = candidate.world().clone();
    let source = candidate.source().map(|source| &**source);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        let edits = match candidate.refused() {
            Some(_) => reading_rows(ui, &mut world),
            None => world_rows(ui, &mut world, usize::MAX, source),
        };
        context.refused.extend(edits);
    });
    if world != *candidate.world() {
        context.commands.push(Command::OpenWorld(Box::new(world)));
    }
}
