//! Formulas of every rule under every choice are set, said and explained.

use super::here::{Breaks, pieces};
use super::legend::{COMMON, letters, parts, standing};
use super::plain::plain;
use super::*;
use crate::engine::LearningRule;
use crate::engine::learning::{SettingKind, Shows};
use std::collections::BTreeSet;

/// Every rule as it is, and with every choice made, one at a time.
fn every_rule() -> Vec<LearningRule> {
    let mut rules = Vec::new();
    for make in LearningRule::ALL {
        let rule = make();
        for setting in rule.rule().list() {
            if let SettingKind::Choice(items) = setting.kind {
                for place in 0..items.len() {
                    let mut other = make();
                    if other.set(setting.key, place as f64).is_ok() {
                        rules.push(other);
                    }
                }
            }
        }
        rules.push(rule);
    }
    for text in [
        "taylor:preset=oja",
        "taylor:c0=-0.5,w0=-1e-7",
        "pseudo-likelihood:l2=0",
    ] {
        rules.push(LearningRule::parse(text).expect("these are settings"));
    }
    rules
}

#[test]
fn every_formula_is_set_and_said() {
    for rule in every_rule() {
        let about = rule.about();
        let formula = rule.rule().formula();
        let entries = about.legend.iter().map(|symbol| symbol.tex);
        for tex in entries.chain([&*formula, about.formula]) {
            let wide = typeset(tex, about.legend, f64::INFINITY)
                .unwrap_or_else(|problem| panic!("{tex}: {problem}"));
            assert!(wide.size[0] > 0.1 && !wide.shapes.is_empty(), "{tex}");
            let narrow = typeset(tex, about.legend, 12.0).expect("it was set before");
            assert_eq!(narrow.shapes.len(), wide.shapes.len(), "{tex}");
            assert!(narrow.size[0] < 20.5, "{tex}: {:?}", narrow.size);
            for shape in &narrow.shapes {
                let [left, top, right, bottom] = shape.bounds().expect("shapes have ink");
                let [width, height] = narrow.size;
                let inside =
                    left > -0.1 && top > -0.1 && right < width + 0.1 && bottom < height + 0.1;
                assert!(inside, "{tex}: {shape:?} leaves {:?}", narrow.size);
            }
            let text = plain(tex).expect("it was set before");
            assert!(!text.contains(['?', '\\', '{', '}']), "{tex}: {text}");
        }
    }
}

#[test]
fn legends_explain_what_stands_in_the_formula_and_nothing_else() {
    let mut explained: BTreeSet<(&str, &str)> = BTreeSet::new();
    for rule in every_rule() {
        let about = rule.about();
        let formula = rule.rule().formula();
        let symbols = standing(&formula, about.legend).expect("it can be read");
        let mut known: BTreeSet<String> = COMMON.map(str::to_owned).into();
        let mut asked = letters(&formula).expect("it can be read");
        for symbol in &symbols {
            let (names, made_of) = parts(symbol.tex).expect("it can be read");
            known.extend(names);
            asked.extend(made_of);
            explained.insert((about.name, symbol.tex));
        }
        let unknown: Vec<&String> = asked.difference(&known).collect();
        assert!(
            unknown.is_empty(),
            "{formula}: nobody says what {unknown:?} is"
        );
    }
    for make in LearningRule::ALL {
        let rule = make();
        for symbol in rule.about().legend {
            let in_general = standing(rule.about().formula, rule.about().legend);
            let seen = explained.contains(&(rule.about().name, symbol.tex))
                || in_general.expect("it can be read").contains(symbol);
            assert!(
                seen,
                "{}: {} is in no formula",
                rule.about().name,
                symbol.tex
            );
        }
    }
}

#[test]
fn text_reads_as_one_would_write_it() {
    for (tex, text) in [
        (
            r"J_{ij} = \frac{1}{N} \sum_{\mu} \xi_i^\mu \xi_j^\mu",
            "J_ij = (1/N) Σ_μ ξ_i^μ ξ_j^μ",
        ),
        (
            r"\Delta J_{ij} = -\frac{\varepsilon}{N}\, s_i s_j",
            "Δ J_ij = −(ε/N) s_i s_j",
        ),
        (
            r"\Xi^{\mathsf{T}}\, (C + \varepsilon)^{-1}\, \Xi",
            "Ξ^T (C + ε)^−1 Ξ",
        ),
        (r"f_i(a), \ln \cosh x", "f_i(a), ln cosh x"),
        (
            r"\left[m - 1\right] e^{\beta N (m - 1)}",
            "[m − 1] e^(βN(m−1))",
        ),
        (r"J \text{ as it is}", "J as it is"),
        (
            r"m = \frac{1}{784} \, 12.5 = -0.87",
            "m = (1/784) 12.5 = −0.87",
        ),
        (r"2^{10} = 1{,}024 \times 1", "2^10 = 1,024 × 1"),
        (r"1.2 \times 10^{-6}", "1.2 × 10^−6"),
        (r"70\,\%", "70 %"),
    ] {
        assert_eq!(plain(tex).expect("it is TeX"), text);
    }
    assert!(plain(r"\frac{1}").is_err());
}

#[test]
fn symbols_are_found_where_they_stand() {
    let legend = [
        Symbol::new("J", "couplings", Shows::Couplings),
        Symbol::new(r"\bar\xi", "mean", Shows::Nothing),
        Symbol::new(r"\xi", "patterns", Shows::Patterns),
    ];
    let set = typeset(r"J_{ij} = \xi_i - \bar\xi", &legend, 100.0).expect("it is TeX");
    let marks: Vec<Option<usize>> = set.shapes.iter().map(|shape| shape.symbol).collect();
    let expected = [
        Some(0),
        Some(0),
        Some(0),
        None,
        Some(2),
        Some(2),
        None,
        Some(1),
        Some(1),
    ];
    assert_eq!(marks, expected);
    assert_eq!(set.symbol_at([0.2, set.baseline - 0.3], 0.1), Some(0));
    assert_eq!(set.symbol_at([0.2, set.baseline - 9.0], 0.1), None);
    let names: Vec<&str> = standing(r"\bar\xi_i J", &legend)
        .expect("TeX")
        .iter()
        .map(|one| one.tex)
        .collect();
    assert_eq!(
        names,
        ["J", r"\bar\xi"],
        "the letter below an accent is another symbol"
    );
}

#[test]
fn long_lines_break_before_signs() {
    let tex = r"a = b + c(d + e) + f";
    let one = typeset(tex, &[], 100.0).expect("it is TeX");
    let more = typeset(tex, &[], 5.0).expect("it is TeX");
    assert!(
        more.size[1] > 1.9 * one.size[1],
        "{:?} {:?}",
        one.size,
        more.size
    );
    assert!(more.size[0] <= 6.0, "{:?}", more.size);
    assert_eq!(more.shapes.len(), one.shapes.len());
    let two = pieces(
        &ratex_parser::parse(r"a = b,\quad c = d + e").expect("it is TeX"),
        Breaks::OutsideBrackets,
    );
    assert_eq!(two.len(), 3, "another equation begins on a line of its own");
}
