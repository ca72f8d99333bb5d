//! The palette: find an action, a rule, a world, a preset or a setting by typing a part of its name.

use super::{Panel, PanelContext, Place};
use crate::app::actions::{ALL, Action, Entry};
use crate::app::theme::{Palette as Colors, SMALL};
use crate::app::view::Tab;
use crate::app::widgets::question::roomy;
use crate::app::widgets::sliders::reveal;
use crate::engine::settings::{AnySettings, Kinds as _};
use crate::engine::{Dynamics, LearningRule};
use crate::trial::Recipe;
use crate::worlds::World;
use egui::{Button, Context, Id, Key, Modal, RichText, ScrollArea, TextEdit, Ui};

/// The panel.
#[derive(Default)]
pub(super) struct Palette;

impl Panel for Palette {
    fn title(&self) -> &'static str {
        "Find an action"
    }

    fn place(&self) -> Place {
        Place::Above
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        modal(ui.ctx(), context);
    }
}

/// What can be found.
#[derive(Debug, Clone, PartialEq)]
enum Found {
    Do(Action),
    Rule(LearningRule),
    World(World),
    Dynamics(Dynamics),
    /// A rule with the settings of a preset.
    Preset(LearningRule),
    /// Where the setting of this key stands.
    Setting(&'static str),
}

/// A line of the palette.
struct Item {
    text: String,
    /// What kind of thing it is, or its key.
    kind: String,
    tooltip: &'static str,
    found: Found,
}

/// Draws it while it is open.
fn modal(ctx: &Context, context: &mut PanelContext<'_>) {
    let Some(mut typed) = context.view.palette.take() else {
        return;
    };
    let items = items(ctx, context.draft, context.mean_activity());
    let mut chosen = None;
    let modal = Modal::new(Id::unique("palette"))
        .frame(roomy(ctx))
        .show(ctx, |ui| {
            ui.set_width(460.0);
            let field = ui.add(
                TextEdit::singleline(&mut typed)
                    .hint_text("Name of an action, a rule, a world, a preset or a setting")
                    .desired_width(f32::INFINITY),
            );
            field.request_focus();
            let found: Vec<&Item> = items.iter().filter(|item| item.matches(&typed)).collect();
            if ui.input(|input| input.key_pressed(Key::Enter)) {
                chosen = found.first().map(|item| item.found.clone());
            }
            ScrollArea::vertical()
                .max_height(360.0)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    for item in found {
                        if item.line(ui) {
                            chosen = Some(item.found.clone());
                        }
                    }
                });
        });
    let closes = chosen.is_some() || modal.should_close();
    context.view.palette = (!closes).then_some(typed);
    if closes {
        // What lies below stays open.
        ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Escape));
    }
    if let Some(found) = chosen {
        take(ctx, context, found);
    }
}

impl Item {
    /// Whether name and kind together hold every word typed.
    fn matches(&self, typed: &str) -> bool {
        let said = format!("{} {}", self.text, self.kind).to_lowercase();
        let typed = typed.to_lowercase();
        typed.split_whitespace().all(|word| said.contains(word))
    }

    /// Draws it; whether it was chosen.
    fn line(&self, ui: &mut Ui) -> bool {
        let palette = Colors::of(ui.visuals());
        let kind = RichText::new(&self.kind).size(SMALL).color(palette.weak);
        let button = Button::new(&self.text)
            .frame_when_inactive(false)
            .min_size([448.0, 24.0].into())
            .shortcut_text(kind);
        ui.add(button).on_hover_text(self.tooltip).clicked()
    }
}

/// Everything that can be found, actions first.
fn items(ctx: &Context, draft: &Recipe, activity: f64) -> Vec<Item> {
    let action = |entry: &'static Entry| Item {
        text: entry.text.to_owned(),
        kind: (entry.shortcut).map_or_else(String::new, |keys| ctx.format_shortcut(&keys)),
        tooltip: entry.tooltip,
        found: Found::Do(entry.action),
    };
    let mut items: Vec<Item> = ALL.iter().map(action).collect();
    let alphabet = draft.world.settings().alphabet();
    for rule in LearningRule::all() {
        if rule.is_for(alphabet) {
            let about = rule.about();
            items.push(Item {
                text: about.title.to_owned(),
                kind: "rule".to_owned(),
                tooltip: about.summary,
                found: Found::Rule(rule.clone()),
            });
            items.extend(presets(&rule, activity));
        }
    }
    items.extend(World::all().into_iter().map(|world| Item {
        text: world.about().title.to_owned(),
        kind: "world".to_owned(),
        tooltip: world.about().summary,
        found: Found::World(world),
    }));
    items.extend(Dynamics::ALL.into_iter().map(|dynamics| Item {
        text: dynamics.title().to_owned(),
        kind: "dynamics".to_owned(),
        tooltip: dynamics.summary(),
        found: Found::Dynamics(dynamics),
    }));
    let track = draft.track();
    items.extend(settings(draft.world.any(), "setting of the world"));
    items.extend(settings(track.rule.any(), "setting of the rule"));
    items.extend(settings(&track.dynamics, "setting of the dynamics"));
    items
}

/// The presets of `rule`, for patterns of this mean activity.
fn presets(rule: &LearningRule, activity: f64) -> impl Iterator<Item = Item> + '_ {
    rule.about().presets.iter().filter_map(move |preset| {
        let mut with = rule.clone();
        with.apply_preset(preset.name, activity).ok()?;
        Some(Item {
            text: preset.title.to_owned(),
            kind: format!("preset of {}", rule.about().title),
            tooltip: preset.source,
            found: Found::Preset(with),
        })
    })
}

/// The settings that make a difference now.
fn settings<'a>(settings: &'a dyn AnySettings, kind: &'a str) -> impl Iterator<Item = Item> + 'a {
    let list = settings.list().into_iter();
    let list = list.filter(|setting| settings.applies(setting.key));
    list.map(|setting| Item {
        text: setting.label.to_owned(),
        kind: kind.to_owned(),
        tooltip: setting.help,
        found: Found::Setting(setting.key),
    })
}

/// Does what was chosen.
fn take(ctx: &Context, context: &mut PanelContext<'_>, found: Found) {
    match found {
        Found::Do(action) => context.actions.push(action),
        Found::Rule(rule) | Found::Preset(rule) => context.draft.track_mut().rule = rule,
        // What it is made of must be opened first.
        Found::World(World::File(_)) => context.actions.push(Action::OpenPatterns),
        Found::World(world) => context.draft.world = world,
        Found::Dynamics(dynamics) => context.draft.track_mut().dynamics = dynamics,
        Found::Setting(key) => {
            let view = &mut *context.view;
            (view.more_memory, view.folded) = (true, [false; 3]);
            view.full = None;
            view.turn_to(Tab::Recall);
            if view.stage {
                context.actions.push(Action::Stage);
            }
            reveal(ctx, key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(typed: &str) -> Vec<Found> {
        let items = items(&Context::default(), &Recipe::default(), 0.0);
        let items = items.into_iter().filter(|item| item.matches(typed));
        items.map(|item| item.found).collect()
    }

    #[test]
    fn words_in_any_order_find_actions_rules_worlds_presets_and_settings() {
        assert_eq!(found("units wrong")[0], Found::Do(Action::ShowWrong));
        assert!(found("").len() > ALL.len());
        assert!(found("no such thing").is_empty());
        let hebb = LearningRule::named("hebb").expect("it is in the list");
        assert_eq!(found("hebb rule")[0], Found::Rule(hebb));
        let glass = World::named("spin-glass").expect("it is in the list");
        assert_eq!(found("glass")[0], Found::World(glass));
        assert!(
            matches!(&found("oja")[..], [Found::Preset(rule)] if rule.get("rate") == Some(0.01))
        );
        assert_eq!(found("ridge"), [Found::Setting("ridge")]);
        assert!(matches!(found("heat bath")[0], Found::Dynamics(_)));
    }
}
