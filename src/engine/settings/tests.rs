//! What holds for the settings of any type, on one that has a setting of every kind; and what tests over all rules,
//! all worlds and all else share.

use super::written::{take, values};
use super::*;
use crate::engine::rng::Stream;
use rand::RngExt as _;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Colour {
    Red,
    Green,
}

choices!(Colour: Red = "red" / "Crimson", Green = "green");

#[derive(Debug, Clone, PartialEq)]
struct Example {
    real: f64,
    whole: u32,
    even: u32,
    colour: Colour,
    some: u8,
    /// Can be set only where the colour is green, as a field of a variant can.
    inner: Option<f64>,
}

impl Default for Example {
    fn default() -> Self {
        Self {
            real: 0.5,
            whole: 3,
            even: 4,
            colour: Colour::Red,
            some: 1,
            inner: None,
        }
    }
}

const fn named(key: &'static str, kind: SettingKind) -> Setting {
    Setting {
        key,
        label: key,
        help: "",
        kind,
    }
}

const NUMBER: SettingKind = SettingKind::Number {
    min: -1.0,
    max: 1.0,
    logarithmic: false,
};

const WHOLE: SettingKind = SettingKind::Whole {
    min: 1,
    max: 9,
    logarithmic: false,
};

const LETTERS: &[Item] = &[Item::new("a"), Item::new("b"), Item::new("c")];

impl Settings for Example {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            named("real", NUMBER),
            |it| it.real,
            |it, value| it.real = value,
        ),
        Field::<Self>::new(
            named("whole", WHOLE),
            |it| f64::from(it.whole),
            |it, value| it.whole = value as u32,
        )
        .sliding(2.0, 5.0),
        Field::new(
            named("even", SettingKind::Even { min: 2, max: 8 }),
            |it| f64::from(it.even),
            |it, value| it.even = value as u32,
        ),
        Field::new(
            named("colour", SettingKind::Choice(Colour::ITEMS)),
            |it| it.colour.place(),
            |it, value| it.colour = Colour::at(value),
        ),
        Field::new(
            named("some", SettingKind::Several(LETTERS)),
            |it| f64::from(it.some),
            |it, value| it.some = value as u8,
        ),
        Field::<Self>::new(
            named("inner", NUMBER),
            |it| it.inner.unwrap_or_default(),
            |it, value| it.inner = it.inner.map(|_| value),
        )
        .when(|it| it.inner.is_some()),
    ];
    const SHORT: &'static [(&'static str, &'static str)] = &[("r", "real")];

    fn check_together(&self) -> Result<(), crate::engine::Error> {
        if self.whole > 8 && self.colour == Colour::Green {
            return Err(unknown("setting", "nine greens", std::iter::empty()));
        }
        Ok(())
    }
}

/// The settings as they are written, `key=value,…`.
fn read(text: &str) -> Result<Example, String> {
    let mut example = Example::default();
    let read = notation::assign_all(&mut example, text);
    read.map(|()| example)
        .map_err(|refusal| refusal.to_string())
}

#[test]
fn what_is_written_is_read_back() {
    let text = "r=-0.25,whole=7,even=8,colour=green,some=a+c";
    let example = read(text).unwrap();
    assert_eq!((example.real, example.whole, example.some), (-0.25, 7, 5));
    assert_eq!(notation::write_pairs(&example), text);
    assert_eq!(read("real=-0.25").unwrap(), read("r=-0.25").unwrap());
    assert_eq!(read("some=c+ a").unwrap().some, 5);
}

#[test]
fn a_slider_may_end_before_what_is_admitted() {
    let mut example = Example::default();
    assert_eq!(example.slider_ends("whole"), Some([2.0, 5.0]));
    assert_eq!(example.slider_ends("real"), Some([-1.0, 1.0]));
    assert_eq!(example.slider_ends("none"), None);
    for value in [1.0, 9.0] {
        example.set("whole", value).unwrap();
        assert_eq!(example.get("whole"), Some(value));
    }
    assert!(example.set("whole", 10.0).is_err());
}

#[test]
fn whatever_is_not_admitted_is_refused_in_a_sentence_and_nothing_is_changed() {
    for (key, value, sentence) in [
        ("real", 1.5, "real must be a number from -1 to 1, not 1.5"),
        (
            "real",
            f64::NAN,
            "real must be a number from -1 to 1, not NaN",
        ),
        (
            "whole",
            2.5,
            "whole must be a whole number from 1 to 9, not 2.5",
        ),
        (
            "whole",
            10.0,
            "whole must be a whole number from 1 to 9, not 10",
        ),
        (
            "even",
            5.0,
            "even must be an even number from 2 to 8, not 5",
        ),
        (
            "even",
            10.0,
            "even must be an even number from 2 to 8, not 10",
        ),
        ("colour", 2.0, "colour must be one of red, green, not 2"),
        (
            "some",
            8.0,
            "some must be some of a, b, c, with + between, not 8",
        ),
        (
            "some",
            0.0,
            "some must be some of a, b, c, with + between, not 0",
        ),
        (
            "inner",
            0.5,
            "inner does nothing in the other settings as they are",
        ),
        (
            "sum",
            1.0,
            "there is no setting 'sum'; known: real, whole, even, colour, some, inner",
        ),
    ] {
        let mut example = Example::default();
        let refusal = example.set(key, value).unwrap_err();
        assert_eq!(refusal.to_string(), sentence);
        assert_eq!(example, Example::default(), "{key}={value}");
    }
}

#[test]
fn nonsense_is_refused_as_text_too() {
    for (text, sentence) in [
        ("real=x", "real must be a number from -1 to 1, not 'x'"),
        (
            "colour=Crimson",
            "colour must be one of red, green, not 'Crimson'",
        ),
        (
            "some=a+d",
            "some must be some of a, b, c, with + between, not 'a+d'",
        ),
        (
            "real",
            "a setting is written key=value, but this one is 'real'",
        ),
        (
            "whole=9,colour=green",
            "there is no setting 'nine greens'; known: ",
        ),
    ] {
        assert_eq!(read(text).unwrap_err(), sentence);
    }
}

#[test]
fn plain_data_have_numbers_as_numbers_and_choices_by_their_keys() {
    let example = read("real=0.1,whole=2,colour=green,some=b+c").unwrap();
    let json = serde_json::to_string(&values(&example)).unwrap();
    assert_eq!(
        json,
        r#"{"colour":"green","even":4,"inner":0,"real":0.1,"some":"b+c","whole":2}"#
    );
    let mut again = Example::default();
    take(&mut again, &serde_json::from_str(&json).unwrap()).unwrap();
    assert_eq!(again, example);
    let missing = r#"{"even":6}"#;
    let mut again = Example::default();
    take(&mut again, &serde_json::from_str(missing).unwrap()).unwrap();
    let expected = Example {
        even: 6,
        ..Example::default()
    };
    assert_eq!(again, expected);
    for (wrong, sentence) in [
        (r#"{"odd":1}"#, "there is no setting 'odd'"),
        (
            r#"{"even":5}"#,
            "even must be an even number from 2 to 8, not 5",
        ),
        (
            r#"{"colour":1}"#,
            "colour must be one of red, green, not '1'",
        ),
        (
            r#"{"real":"much"}"#,
            "real must be a number from -1 to 1, not 'much'",
        ),
    ] {
        let refusal = take(&mut again, &serde_json::from_str(wrong).unwrap());
        let said = refusal.unwrap_err().to_string();
        assert!(said.starts_with(sentence), "{said}");
    }
}

#[test]
fn a_choice_has_a_key_and_a_label() {
    assert_eq!(Colour::ITEMS[0].label, "Crimson");
    assert_eq!(
        (Colour::ITEMS[1].key, Colour::ITEMS[1].label),
        ("green", "green")
    );
    let colour = named("colour", SettingKind::Choice(Colour::ITEMS));
    assert_eq!(
        (&*colour.show(0.0), &*colour.in_words(0.0)),
        ("red", "Crimson")
    );
    let real = named("real", NUMBER);
    assert_eq!(real.in_words(f64::from(0.3_f32)), "0.3");
}

/// A value that `setting` admits, at random.
pub(crate) fn admitted(setting: &Setting, rng: &mut Stream) -> f64 {
    match setting.kind {
        SettingKind::Number { min, max, .. } => rng.random_range(min..=max),
        SettingKind::Whole { min, max, .. } => f64::from(rng.random_range(min..=max)),
        SettingKind::Even { min, max } => f64::from(rng.random_range(min / 2..=max / 2) * 2),
        SettingKind::Choice(items) => rng.random_range(0..items.len()) as f64,
        SettingKind::Several(items) => f64::from(rng.random_range(1..1_u32 << items.len())),
    }
}

/// Values that `setting` does not admit.
pub(crate) fn not_admitted(setting: &Setting) -> Vec<f64> {
    let (most, fraction) = match setting.kind {
        SettingKind::Number { max, .. } => (max + 1.0, f64::NAN),
        SettingKind::Whole { max, min, .. } => (f64::from(max) + 1.0, f64::from(min) + 0.5),
        SettingKind::Even { max, min } => (f64::from(max) + 2.0, f64::from(min) + 1.0),
        SettingKind::Choice(items) => (items.len() as f64, 0.5),
        SettingKind::Several(items) => ((items.len() as f64).exp2(), 1.5),
    };
    vec![most, fraction, f64::NEG_INFINITY, f64::NAN]
}

/// Every key of `settings` there and back, with random values; what is not admitted is refused and changes nothing.
pub(crate) fn every_key_there_and_back(settings: &mut dyn AnySettings, rng: &mut Stream) {
    for setting in settings.list() {
        assert!(
            settings
                .list()
                .iter()
                .filter(|one| one.key == setting.key)
                .count()
                == 1
        );
        let value = admitted(setting, rng);
        settings.set(setting.key, value).unwrap();
        let all = values(settings);
        assert_eq!(settings.get(setting.key), Some(value), "{}", setting.key);
        assert_eq!(setting.parse(&setting.show(value)).unwrap(), value);
        for wrong in not_admitted(setting) {
            let said = settings.set(setting.key, wrong).unwrap_err().to_string();
            assert!(said.starts_with(setting.key), "{said}");
        }
        assert_eq!(values(settings), all);
    }
}

/// A kind with random settings is the same after its notation and after JSON; `known` are its default settings.
pub(crate) fn written_and_read_back<K: Kinds + PartialEq + std::fmt::Debug>(kind: &K) {
    let json = serde_json::to_string(&Written::of(kind)).unwrap();
    let written: Written = serde_json::from_str(&json).unwrap();
    assert_eq!(&written.read::<K>().unwrap(), kind, "{json}");
    let notation = notation::write(kind.kind(), kind.any());
    let read: K = notation::parse(&notation).unwrap();
    // What makes no difference is not written; all else is.
    for setting in kind.any().list() {
        if kind.any().applies(setting.key) {
            assert_eq!(
                read.any().get(setting.key),
                kind.any().get(setting.key),
                "{notation}"
            );
        }
    }
    assert_eq!(notation::write(read.kind(), read.any()), notation);
    let unknown = json.replacen('{', r#"{"no-such":1,"#, 1);
    let refusal = serde_json::from_str::<Written>(&unknown)
        .unwrap()
        .read::<K>();
    let said = refusal.unwrap_err().to_string();
    assert!(said.starts_with("there is no setting 'no-such'"), "{said}");
}
