//! `engram rules` and `engram worlds`: all that the library knows of them, as text and as JSON.

use crate::program::{engram, engram_json, scratch};
use engram::engine::LearningRule;
use engram::engine::settings::{AnySettings, Item, SettingKind};
use engram::worlds::World;
use serde_json::{Value, json};

#[test]
fn rules_are_listed_with_everything_that_is_known_of_them() {
    let folder = scratch();
    let listed = engram_json(folder.path(), &["rules", "--json"]);
    let text = engram(folder.path(), &["rules"]).out;
    assert_eq!(
        listed.as_array().expect("an array").len(),
        LearningRule::ALL.len()
    );
    for (entry, make) in listed
        .as_array()
        .expect("an array")
        .iter()
        .zip(LearningRule::ALL)
    {
        let (rule, about) = (make(), make().about());
        assert_eq!(entry["name"], about.name);
        assert_eq!(
            LearningRule::parse(entry["notation"].as_str().unwrap()).unwrap(),
            rule
        );
        assert_eq!(entry["tex"], about.formula);
        let formula = entry["formula"].as_str().expect("in one line");
        for words in [about.name, formula, about.reference, about.capacity] {
            assert!(text.contains(words), "{words} is not in\n{text}");
        }
        all_is_listed(rule.rule(), &entry["settings"], &text);
    }
}

#[test]
fn worlds_are_listed_with_everything_that_can_be_set_of_them() {
    let folder = scratch();
    let listed = engram_json(folder.path(), &["worlds", "--json"]);
    let listed = listed.as_array().expect("an array");
    let text = engram(folder.path(), &["worlds"]).out;
    assert_eq!(listed.len(), World::ALL.len());
    for (entry, make) in listed.iter().zip(World::ALL) {
        assert_eq!(entry["name"], make().about().name);
        all_is_listed(make().settings(), &entry["settings"], &text);
    }
}

/// Every setting is in `listed`, choices with their names here and on screen, and every help in `text`.
fn all_is_listed(settings: &dyn AnySettings, listed: &Value, text: &str) {
    let listed = listed.as_array().expect("an array");
    assert_eq!(listed.len(), settings.list().len());
    for (setting, listed) in settings.list().into_iter().zip(listed) {
        assert_eq!(listed["key"], setting.key);
        assert!(!listed["default"].is_null() && text.contains(setting.help));
        if let SettingKind::Choice(items) | SettingKind::Several(items) = setting.kind {
            let choice = |item: &Item| json!({"key": item.key, "label": item.label});
            let choices: Vec<Value> = items.iter().map(choice).collect();
            assert_eq!(listed["choices"], Value::from(choices), "{}", setting.key);
        }
    }
}
