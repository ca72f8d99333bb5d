//! The palette: find an action, a rule, a world, a preset, a setting, a lesson, a scene or a term by typing a part of its
//! name; a setting's name and a value set it: `flip 0.3`.

use super::{Panel, PanelContext, Place, scripted};
use crate::app::actions::{ALL, Action, Entry};
use crate::app::restricted::{action_name, restriction};
use crate::app::theme::{Palette as Colors, SMALL};
use crate::app::view::{GlossaryShown, LessonShown, Tab};
use crate::app::widgets::question::roomy;
use crate::app::widgets::sliders::reveal;
use crate::engine::settings::{AnySettings, Kinds as _};
use crate::engine::{Dynamics, LearningRule};
use crate::lessons::glossary::glossary;
use crate::lessons::scenes::{SCENES, Scene};
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
    /// Where the setting of this section and this key stands.
    Setting(&'static str, &'static str),
    /// The value of the setting at this path.
    Value(String, String),
    /// The lesson with this id.
    Lesson(String),
    Scene(&'static Scene),
    /// The term of the glossary of this name.
    Term(&'static str),
}

impl Found {
    /// Its name among the controls that a teacher can restrict.
    fn control(&self) -> String {
        match self {
            Self::Do(action) => action_name(*action),
            Self::Rule(_) | Self::Preset(_) => "rule".to_owned(),
            Self::World(_) => "world".to_owned(),
            Self::Dynamics(_) => "dynamics".to_owned(),
            Self::Value(path, _) => path.clone(),
            Self::Setting(section, key) => format!("{section}.{key}"),
            Self::Lesson(_) => action_name(Action::Lessons),
            Self::Scene(_) => action_name(Action::Scenes),
            Self::Term(_) => action_name(Action::Glossary),
        }
    }
}

/// A line of the palette.
struct Item {
    text: String,
    /// What kind of thing it is, or its key.
    kind: String,
    tooltip: String,
    found: Found,
}

/// Draws it while it is open.
fn modal(ctx: &Context, context: &mut PanelContext<'_>) {
    let Some(mut typed) = context.view.palette.take() else {
        return;
    };
    let is_free = |item: &Item| restriction(ctx, &item.found.control()).is_none();
    let mut items = on_track(context, |draft| values(draft, &typed));
    items.retain(is_free);
    let n_values = items.len();
    items.extend(self::items(ctx, context).into_iter().filter(is_free));
    let mut chosen = None;
    let modal = Modal::new(Id::unique("palette"))
        .frame(roomy(ctx))
        .show(ctx, |ui| {
            ui.set_width(460.0);
            let field = ui.add(
                TextEdit::singleline(&mut typed)
                    .hint_text("A part of a name, or a setting and its value: flip 0.3")
                    .desired_width(f32::INFINITY),
            );
            field.request_focus();
            let (values, named) = items.split_at(n_values);
            let named = named.iter().filter(|item| item.matches(&typed));
            let found: Vec<&Item> = values.iter().chain(named).collect();
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
        ui.add(button).on_hover_text(&self.tooltip).clicked()
    }
}

/// Settings whose name begins what is typed, with the value that ends it: `flip 0.3`, `P = 50`, `T 0.2`. A number that
/// none of them admits is offered all the same, and refused in a sentence when it is chosen.
fn values(draft: &Recipe, typed: &str) -> Vec<Item> {
    let Some((name, value)) = typed.trim().rsplit_once([' ', '=']) else {
        return Vec::new();
    };
    let name = name.trim_end_matches([' ', '=']).to_lowercase();
    if name.is_empty() || value.is_empty() {
        return Vec::new();
    }
    let numbers = ["seed", "sweeps"].map(|path| (path.to_owned(), path.to_owned(), String::new()));
    let tables = draft.sections().flat_map(|(section, settings)| {
        let list = settings.list().into_iter();
        let list = list.filter(|setting| settings.applies(setting.key));
        list.map(move |setting| {
            let path = format!("{section}.{}", setting.key);
            (path, setting.label.to_owned(), setting.help.to_owned())
        })
    });
    let meant = tables.chain(numbers).filter(|(path, label, _)| {
        let (key, label) = (path.rsplit('.').next(), label.to_lowercase());
        let mut words = label.split([' ', ',']);
        *path == name
            || key.is_some_and(|key| key.starts_with(&*name))
            || label.starts_with(&*name)
            || words.any(|word| word == name)
    });
    let (admitted, others): (Vec<_>, Vec<_>) =
        meant.partition(|(path, ..)| draft.clone().set(path, &value.into()).is_ok());
    let offered = match (admitted.is_empty(), value.parse::<f64>()) {
        (false, _) => admitted,
        (true, Ok(_)) => others,
        (true, Err(_)) => Vec::new(),
    };
    let item = |(path, label, help): (String, String, String)| Item {
        text: format!("{label}: {value}"),
        kind: format!("set {path}"),
        tooltip: help,
        found: Found::Value(path, value.to_owned()),
    };
    offered.into_iter().map(item).collect()
}

/// Everything that can be found by its name, actions first.
fn items(ctx: &Context, context: &PanelContext<'_>) -> Vec<Item> {
    let mut items = of_recipe(ctx, context.draft, context.mean_activity());
    items.extend(context.lessons.iter().map(|lesson| Item {
        text: lesson.title.clone(),
        kind: "lesson".to_owned(),
        tooltip: lesson.question.clone(),
        found: Found::Lesson(lesson.id.clone()),
    }));
    items.extend(SCENES.iter().map(|scene| Item {
        text: scene.title.to_owned(),
        kind: "scene".to_owned(),
        tooltip: scene.sentence.to_owned(),
        found: Found::Scene(scene),
    }));
    items.extend(terms());
    items
}

/// The terms of the glossary, and what else they are called.
fn terms() -> impl Iterator<Item = Item> {
    glossary().into_iter().flat_map(|term| {
        let item = |text, kind| Item {
            text,
            kind,
            tooltip: term.text.to_owned(),
            found: Found::Term(term.name),
        };
        let also = term.also.iter();
        let also =
            also.map(move |name| item((*name).to_owned(), format!("glossary: {}", term.name)));
        std::iter::once(item(term.title(), "glossary".to_owned())).chain(also)
    })
}

/// Actions, and what can be chosen and set in `draft`, whose patterns have this mean activity.
fn of_recipe(ctx: &Context, draft: &Recipe, activity: f64) -> Vec<Item> {
    let action = |entry: &'static Entry| Item {
        text: entry.text.to_owned(),
        kind: entry.key_text(ctx).unwrap_or_default(),
        tooltip: entry.tooltip.to_owned(),
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
                tooltip: about.summary.to_owned(),
                found: Found::Rule(rule.clone()),
            });
            items.extend(presets(&rule, activity));
        }
    }
    items.extend(World::all().into_iter().map(|world| Item {
        text: world.about().title.to_owned(),
        kind: "world".to_owned(),
        tooltip: world.about().summary.to_owned(),
        found: Found::World(world),
    }));
    items.extend(Dynamics::ALL.into_iter().map(|dynamics| Item {
        text: dynamics.title().to_owned(),
        kind: "dynamics".to_owned(),
        tooltip: dynamics.summary().to_owned(),
        found: Found::Dynamics(dynamics),
    }));
    let track = draft.track();
    items.extend(settings(draft.world.any(), "world"));
    items.extend(settings(track.rule.any(), "rule"));
    items.extend(settings(&track.dynamics, "dynamics"));
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
            tooltip: preset.source.to_owned(),
            found: Found::Preset(with),
        })
    })
}

/// The settings that make a difference now.
fn settings<'a>(
    settings: &'a dyn AnySettings,
    section: &'static str,
) -> impl Iterator<Item = Item> + 'a {
    let list = settings.list().into_iter();
    let list = list.filter(|setting| settings.applies(setting.key));
    list.map(move |setting| Item {
        text: setting.label.to_owned(),
        kind: format!("setting of the {section}"),
        tooltip: setting.help.to_owned(),
        found: Found::Setting(section, setting.key),
    })
}

/// Does `edit` to the draft with the track whose settings are shown in the first place, which paths are of.
fn on_track<R>(context: &mut PanelContext<'_>, edit: impl FnOnce(&mut Recipe) -> R) -> R {
    let track = context.track.min(context.draft.tracks.len() - 1);
    context.draft.tracks.swap(0, track);
    let result = edit(context.draft);
    context.draft.tracks.swap(0, track);
    result
}

/// Does what was chosen.
fn take(ctx: &Context, context: &mut PanelContext<'_>, found: Found) {
    match found {
        Found::Do(action) => context.actions.push(action),
        Found::Rule(rule) | Found::Preset(rule) => context.track_mut().rule = rule,
        // What it is made of must be opened first.
        Found::World(World::File(_)) => context.actions.push(Action::OpenPatterns),
        Found::World(world) => context.draft.world = world,
        Found::Dynamics(dynamics) => context.track_mut().dynamics = dynamics,
        Found::Value(path, value) => {
            let set = on_track(context, |draft| draft.set(&path, &value.as_str().into()));
            context.tell(set);
        }
        Found::Lesson(id) => context.view.lesson = LessonShown::Open(id),
        Found::Scene(scene) => {
            scripted::act(scene.recipe(), &scene.script(), context);
        }
        Found::Term(name) => context.view.glossary = Some(GlossaryShown::at(name)),
        Found::Setting(_, key) => {
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
        let items = of_recipe(&Context::default(), &Recipe::default(), 0.0);
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
        assert_eq!(found("ridge"), [Found::Setting("rule", "ridge")]);
        assert!(matches!(found("heat bath")[0], Found::Dynamics(_)));
    }

    #[test]
    fn every_term_of_the_glossary_is_found() {
        for term in glossary() {
            for name in std::iter::once(&term.name).chain(term.also) {
                let mut found = terms().filter(|item| item.matches(name));
                let is_there = found.any(|item| item.found == Found::Term(term.name));
                assert!(is_there, "{name}");
            }
        }
    }

    #[test]
    fn a_setting_and_a_value_set_it() {
        let draft = Recipe::default();
        let found = |typed: &str| -> Vec<(String, String)> {
            let items = values(&draft, typed).into_iter();
            let pair = |item: Item| match item.found {
                Found::Value(path, value) => (path, value),
                other => panic!("{other:?}"),
            };
            items.map(pair).collect()
        };
        let is = |path: &str, value: &str| (path.to_owned(), value.to_owned());
        assert_eq!(found("flip 0.3"), [is("cue.flip", "0.3")]);
        assert_eq!(found("P = 50")[0], is("world.p", "50"));
        assert_eq!(found("rule.ridge=0.1"), [is("rule.ridge", "0.1")]);
        assert_eq!(found("seed 3")[0].1, "3");
        // What is out of range is refused when it is chosen; what is no number, or no setting, is not offered.
        assert_eq!(found("flip 2"), [is("cue.flip", "2")]);
        assert!(draft.clone().set("cue.flip", &"2".into()).is_err());
        for typed in ["flip", "flip many", "no such 3", " 3", "= 3"] {
            assert_eq!(found(typed), [], "{typed}");
        }
    }
}
