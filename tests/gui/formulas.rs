//! Typeset formulas: how all of them look, and what their symbols light up.

use crate::Test;
use crate::harness::{Window, at};
use eframe::egui::{OutputCommand, PointerButton, Theme, Ui};
use engram::app::theme;
use engram::app::widgets::formula::{formula, legend};
use engram::app::widgets::room::PHONE;
use engram::engine::LearningRule;
use engram::engine::learning::Shows;
use engram::figures::mathematics::legend::standing;
use engram::figures::mathematics::plain::plain;

/// The flows.
pub(crate) const ALL: &[Test] = &[
    (
        "a_symbol_of_the_formula_lights_up_what_it_is",
        a_symbol_of_the_formula_lights_up_what_it_is,
    ),
    ("no_formula_is_cut", no_formula_is_cut),
    ("a_formula_is_copied_as_latex", a_formula_is_copied_as_latex),
];

/// Rules whose formulas have a form of their own.
const RULES: [&str; 20] = [
    "hebb",
    "hebb:centring=unit",
    "pseudo-inverse",
    "storkey",
    "storkey:order=extended",
    "unlearning",
    "taylor",
    "taylor:preset=oja",
    "taylor:c1pre=-0.25,c0=0.5,c2post=0.1",
    "perceptron",
    "max-stability",
    "max-stability:algorithm=minover",
    "pseudo-likelihood",
    "pseudo-likelihood:optimiser=descent,l2=0.01",
    "dense",
    "dense:function=exponential",
    "modern",
    "modern:states=continuous",
    "potts-hebb",
    "potts",
];

fn rule(text: &str) -> LearningRule {
    LearningRule::parse(text).unwrap_or_else(|problem| panic!("{text}: {problem}"))
}

pub(crate) fn picture_dark() {
    Window::sheet("formulas-dark", [1200.0, 1140.0], Theme::Dark, all);
}

pub(crate) fn picture_light() {
    Window::sheet("formulas-light", [1200.0, 1140.0], Theme::Light, all);
}

/// Every formula as wide as it likes and in the width of the panel, with its legend.
fn all(ui: &mut Ui) {
    theme::apply(ui.ctx());
    ui.add_space(10.0);
    ui.columns(4, |columns| {
        for (index, text) in RULES.iter().enumerate() {
            let rule = rule(text);
            let tex = rule.rule().formula();
            let symbols = standing(&tex, rule.about().legend).expect("it can be read");
            let ui = &mut columns[index * 4 / RULES.len()];
            ui.set_max_width(280.0);
            formula(ui, &tex, &symbols, symbols.first().copied(), 16.0);
            legend(ui, &symbols, symbols.first().copied());
            ui.add_space(10.0);
        }
    });
}

fn a_formula_is_copied_as_latex() {
    let mut window = Window::open();
    let tex = window.session().recipe().track().rule.rule().formula();
    let said = plain(&tex).expect("it can be read");
    let place = window.places(&said)[0].center();
    window.click_at(PointerButton::Secondary, place);
    match window.copied_by("Copy as LaTeX") {
        OutputCommand::CopyText(text) => assert_eq!(text, tex),
        other => panic!("{other:?}"),
    }
}

/// At every zoom and at the smallest size.
fn no_formula_is_cut() {
    let mut window = Window::sized(1024.0, 700.0, Theme::Dark);
    for pixels in [1.0, 1.5, 2.0] {
        window.set_pixels_per_point(pixels);
        // The column of the memory or, in a window as narrow as a phone, a card as wide as the window.
        let width = 1024.0 / pixels;
        let right = if width < PHONE { width - 20.0 } else { 250.0 };
        for text in RULES.iter().filter(|text| !text.starts_with("potts")) {
            let mut recipe = window.session().recipe().clone();
            recipe.track_mut().rule = rule(text);
            let said = plain(&recipe.track().rule.rule().formula()).expect("it can be said");
            window.configure(recipe);
            let places = window.places(&said);
            let place = places.first().expect("the formula stands in the panel");
            assert!(
                place.left() >= 0.0 && place.right() <= right,
                "{said} at {place:?}"
            );
        }
    }
}

fn a_symbol_of_the_formula_lights_up_what_it_is() {
    let mut window = Window::open();
    let said = plain(&window.session().recipe().track().rule.rule().formula());
    let said = said.expect("it can be said");
    let place = window.places(&said)[0];
    assert_eq!(window.app().pointed_symbol(), None);
    // J is the first letter.
    window.point_at(at(place, 0.02, 0.5));
    let pointed = window.app().pointed_symbol().map(|symbol| symbol.shows);
    assert_eq!(pointed, Some(Shows::Couplings));
    window.leave();
    assert_eq!(window.app().pointed_symbol(), None);
}
