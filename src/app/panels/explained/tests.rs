//! Every card has a help; its numbers are those of the session, and can be set as formulas.

use super::now::lines;
use super::tex::{energy, number, overlap};
use super::topics::{explanations, is_handed_over, of_card};
use super::*;
use crate::app::fields::FieldsCache;
use crate::app::panels::all;
use crate::app::panels::save::Exports;
use crate::app::snapshot::Snapshot;
use crate::app::view::{AttractorView, ComparedView, LowerChart, Statistic, Tab, View};
use crate::app::widgets::thumbnails::Atlas;
use crate::engine::attractors::SIDES;
use crate::figures::mathematics::{plain::plain, typeset};
use crate::jobs::Workers;
use crate::lessons::topics::{TopicId, all as all_topics};
use crate::session::{Command, Measurement, PortraitWish, Session, Wish};
use crate::trial::Recipe;
use egui::{pos2, vec2};
use std::collections::BTreeSet;
use std::time::Duration;

fn advance(session: &mut Session) {
    session.advance(Duration::ZERO, Duration::from_mins(1));
}

/// A session in which the settings at these paths were set, with its cue in its memory; pictures of basins are coarse.
fn session(settings: &[(&str, &str)]) -> Session {
    let mut recipe = Recipe::default();
    for (path, value) in settings {
        recipe.set(path, &(*value).into()).expect("it can be set");
    }
    let mut session = Session::new(recipe, Workers::Caller);
    while session.recording().is_none() || session.learning().is_some() {
        advance(&mut session);
    }
    let coarse = PortraitWish {
        finest: SIDES[1],
        ..PortraitWish::default()
    };
    let wish = Command::Wish(Wish::Portrait(coarse));
    session.apply(wish).expect("it can be drawn coarsely");
    session
}

fn small(rule: &str) -> Session {
    session(&[
        ("world", "random:n=100,p=5"),
        ("rule", rule),
        ("cue.start", "stored:2"),
        ("cue.flip", "0.1"),
    ])
}

/// What `read` sees of `session` by `view`.
fn seen<R>(session: &Session, view: &mut View, read: impl FnOnce(&mut PanelContext<'_>) -> R) -> R {
    let mut cache = FieldsCache::default();
    let workers = Workers::Caller;
    let snapshots = [Snapshot::update(
        None,
        (session, 0, false),
        &mut cache,
        &workers,
    )];
    let mut draft = session.recipe().clone();
    let (mut commands, mut actions) = (Vec::new(), Vec::new());
    let (mut exports, mut refused) = (Exports::default(), Vec::new());
    read(&mut PanelContext {
        session,
        snapshot: snapshots[0].as_ref(),
        snapshots: &snapshots,
        track: 0,
        recent: &[],
        lessons: &[],
        atlas: &Atlas::default(),
        view,
        draft: &mut draft,
        commands: &mut commands,
        actions: &mut actions,
        exports: &mut exports,
        refused: &mut refused,
    })
}

fn now(session: &Session, topic: TopicId, card: &str) -> Vec<String> {
    seen(session, &mut View::default(), |context| {
        lines(topic, card, context)
    })
}

/// Whatever the cards show.
#[test]
fn every_card_of_every_panel_has_a_help() {
    let sessions = [
        small("hebb"),
        small("dense"),
        small("pseudo-likelihood"),
        session(&[("world", "spin-glass:l=8,p=20"), ("rule", "hebb")]),
        session(&[("world", "protein:p=20"), ("rule", "potts-hebb")]),
        session(&[("world", "random:n=100,p=5"), ("dynamics", "glauber:T=0.2")]),
    ];
    let mut views = vec![View::default()];
    views.extend(LowerChart::NAMED.map(|(lower_chart, ..)| View {
        lower_chart,
        ..View::default()
    }));
    let others = [LowerChart::Learning, LowerChart::Sampling];
    views.extend(others.map(|lower_chart| View {
        lower_chart,
        ..View::default()
    }));
    views.extend(Statistic::ALL.map(|(statistic, ..)| View {
        statistic,
        ..View::default()
    }));
    views.extend(AttractorView::ALL.map(|(attractors, ..)| View {
        attractors,
        tab: Tab::Attractors,
        ..View::default()
    }));
    views.push(View {
        tab: Tab::Compare,
        compared: ComparedView::Wheels,
        ..View::default()
    });
    let mut met = BTreeSet::new();
    for session in &sessions {
        for view in &mut views {
            seen(session, view, |context| {
                for panel in all() {
                    for card in panel.cards() {
                        let said = explanations(card, context);
                        assert!(!said.is_empty(), "{card} has no help");
                        assert!(
                            said.iter()
                                .all(|it| !it.shows.is_empty() && !it.notice.is_empty())
                        );
                        met.extend(of_card(card, context));
                    }
                }
            });
        }
    }
    let curves = [
        TopicId::LearningMargin,
        TopicId::LearningNorm,
        TopicId::LearningOverlap,
    ];
    let samplings = [TopicId::SamplingExchanges, TopicId::SamplingOverlaps];
    met.extend(curves.into_iter().chain(samplings));
    let missing: Vec<TopicId> = all_topics()
        .map(|it| it.id)
        .filter(|id| !met.contains(id))
        .collect();
    assert!(missing.is_empty(), "no card is about {missing:?}");
    seen(&sessions[0], &mut View::default(), |context| {
        assert!(of_card("No such card", context).is_empty());
    });
}

#[test]
fn the_numbers_are_the_facts_of_the_session() {
    let mut session = small("hebb");
    session.apply(Command::Settle).expect("it can settle");
    advance(&mut session);
    session
        .apply(Command::Measure(Measurement::Margins))
        .expect("it can be measured");
    while session.is_measuring(Measurement::Margins) {
        advance(&mut session);
    }
    let facts = session.facts().expect("they are of this recipe");
    let nearest = facts.count("nearest") as usize;
    let overlaps = facts.get("overlaps").as_array().expect("there is a list");
    let m = overlap(overlaps[nearest].as_f64().expect("it is a number"));
    let all = now(&session, TopicId::Overlaps, "Overlaps");
    assert_eq!(
        all[0],
        format!(r"m_{{{nearest}}} = \frac{{1}}{{100}} \sum_i \xi_i^{{{nearest}}} s_i = {m}")
    );
    assert!(all[1].ends_with(&format!("m = {}", overlap(facts.number("final_overlap")))));
    let energies = facts
        .get("energy")
        .as_array()
        .expect("couplings are symmetric");
    let last = energies.last().and_then(serde_json::Value::as_f64);
    let last = energy(last.expect("it is a number"));
    let all = now(&session, TopicId::Energy, "Energy and learning");
    assert!(all[0].ends_with(&format!("= {last}")), "{all:?}");
    assert!(all[1].starts_with(r"\Delta E = -"), "{all:?}");
    let load = number(facts.number("load"));
    assert_eq!(
        now(&session, TopicId::Memory, "Memory"),
        [format!(r"\alpha = \frac{{5}}{{100}} = {load}")]
    );
    let least = number(facts.number("margin_min"));
    let all = now(&session, TopicId::Margins, "Couplings J");
    assert!(
        all[0].starts_with(&format!(r"\kappa_{{\min}} = {least},")),
        "{all:?}"
    );
    let eta = number(facts.number("asymmetry"));
    assert_eq!(
        now(&session, TopicId::Couplings, "Couplings J"),
        [format!(r"\eta = {eta}")]
    );
    let wrong = (100.0 * (1.0 - facts.number("cue_overlap")) / 2.0).round();
    let all = now(&session, TopicId::SharedCue, "Cue of all tracks");
    let m = overlap(facts.number("cue_overlap"));
    assert_eq!(
        all,
        [format!(r"m = 1 - \frac{{2 \cdot {wrong}}}{{100}} = {m}")]
    );
    // At a fixed point no unit is against its field.
    let all = now(&session, TopicId::Recall, "Recall");
    assert_eq!(
        all[1],
        r"\text{units against their field: } 0 \text{ of } 100"
    );
}

/// The numbers are those of the moment shown, not of the end.
#[test]
fn numbers_follow_the_time_line() {
    let mut session = small("hebb");
    session.apply(Command::Settle).expect("it can settle");
    advance(&mut session);
    let at_end = now(&session, TopicId::Energy, "");
    session.apply(Command::Seek(0)).expect("there is a cue");
    let at_cue = now(&session, TopicId::Energy, "");
    let energy_of = |moment| {
        let recording = session.recording().expect("there is one");
        energy(recording.energy_at(moment).expect("there is one"))
    };
    assert!(
        at_cue[0].ends_with(&energy_of(0)) && at_cue[0] != at_end[0],
        "{at_cue:?}"
    );
    assert_eq!(at_cue.len(), 1, "nothing has flipped yet");
}

/// What is measured as well, of every kind of memory.
#[test]
fn every_line_is_a_formula() {
    let mut sessions = vec![
        small("hebb"),
        small("taylor:c1pre=1,c1post=-1"),
        small("pseudo-likelihood"),
        small("dense:n=3"),
        small("dense:function=rectified"),
        small("dense:function=exponential"),
        small("modern"),
        small("modern:states=continuous"),
        session(&[
            ("world", "random:n=10,p=2"),
            ("rule", "hebb"),
            ("dynamics", "glauber:T=0.2"),
        ]),
        session(&[
            ("world", "random:n=10,p=2"),
            ("rule", "hebb"),
            ("dynamics", "sync"),
        ]),
        session(&[("world", "spin-glass:l=8,p=20"), ("rule", "hebb")]),
        session(&[("world", "protein:p=20"), ("rule", "potts-hebb")]),
    ];
    let mut silent: BTreeSet<TopicId> = all_topics().map(|topic| topic.id).collect();
    for session in &mut sessions {
        for what in Measurement::ALL {
            if session.declined(*what).is_none() {
                session
                    .apply(Command::Measure(*what))
                    .expect("it is not declined");
            }
        }
        while Measurement::ALL
            .iter()
            .any(|what| session.is_measuring(*what))
        {
            advance(session);
        }
        session.apply(Command::Settle).expect("it can settle");
        advance(session);
        for topic in all_topics() {
            let card = if topic.id == TopicId::Track {
                "Track A"
            } else {
                ""
            };
            let lines = now(session, topic.id, card);
            if !lines.is_empty() {
                silent.remove(&topic.id);
            }
            for line in lines {
                let set = typeset(&line, &[], 20.0);
                let set = set.unwrap_or_else(|problem| panic!("{line}: {problem}"));
                assert!(set.size[0] < 24.0, "{line} is too wide: {:?}", set.size);
                let said = plain(&line).expect("it was set before");
                assert!(
                    !said.contains(['?', '\\', '{', '}']) && !said.contains("NaN"),
                    "{said}"
                );
            }
        }
    }
    silent.retain(|topic| !is_handed_over(*topic));
    // Bands are of a wish, the overlaps of learning come with time; the others have nothing to compute.
    let expected = [
        TopicId::LearningOverlap,
        TopicId::Bands,
        TopicId::Words,
        TopicId::Lesson,
    ];
    silent.retain(|topic| !expected.contains(topic));
    assert!(silent.is_empty(), "nothing is said of {silent:?}");
}

#[test]
fn the_window_stands_beside_its_card() {
    let whole = Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 800.0));
    let at = |x: f32, width: f32| {
        let card = Rect::from_min_size(pos2(x, 100.0), vec2(width, 300.0));
        (card, beside(card, whole))
    };
    let (card, place) = at(900.0, 372.0);
    assert!(place.x + WIDTH + FRAME < card.left() && place.y == card.top());
    let (card, place) = at(8.0, 266.0);
    assert!(place.x > card.right() && place.y == card.top());
    let (card, place) = at(282.0, 700.0);
    assert!(
        place.x > card.left() && place.y > card.top(),
        "over it, below its buttons"
    );
}
