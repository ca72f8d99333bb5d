//! Which topics a card is about as it stands, and what is to be said of each.

use crate::app::panels::{PanelContext, charts};
use crate::app::view::{AttractorView, Statistic};
use crate::engine::Dynamics;
use crate::engine::learning::Symbol;
use crate::figures::mathematics::legend::standing;
use crate::lessons::topics::{ENERGY_SYMBOLS, Topic, TopicId, energy_formula};

/// What is to be said of a topic as it stands.
pub(super) struct Explanation {
    /// Which it is; `None` for a learning rule, which is the first thing of the memory.
    pub(super) topic: Option<TopicId>,
    pub(super) title: &'static str,
    pub(super) shows: String,
    /// In TeX; empty where there is none.
    pub(super) formula: String,
    pub(super) symbols: Vec<Symbol>,
    pub(super) notice: &'static str,
    pub(super) source: &'static str,
    pub(super) lesson: Option<&'static str>,
}

/// What `card` is about, the most important first.
pub(super) fn of_card(card: &str, context: &PanelContext<'_>) -> Vec<TopicId> {
    match card {
        "Memory" => vec![TopicId::Memory],
        "Recall" => recall(context),
        "Overlaps" if context.is_of_letters() => vec![TopicId::OverlapsOfLetters],
        "Overlaps" => vec![TopicId::Overlaps],
        "Energy and learning" => vec![charts::topic(context)],
        "Couplings J" => couplings(context),
        "Track A" | "Track B" | "Track C" | "Track D" if context.view.compares_wheels() => {
            vec![TopicId::Wheel]
        }
        "Track A" | "Track B" | "Track C" | "Track D" => vec![TopicId::Track],
        "Cue of all tracks" => vec![TopicId::SharedCue],
        "What came of it" => vec![TopicId::Results],
        "View of the attractors" => vec![attractors(context.view.attractors)],
        "Attractors" => vec![TopicId::Shares],
        "Experiment" => vec![TopicId::Experiment],
        "Curves" => vec![TopicId::Curves],
        "Readings" => vec![TopicId::Readings],
        "What it says" => vec![TopicId::Words],
        "Lesson" => vec![TopicId::Lesson],
        _ => Vec::new(),
    }
}

fn recall(context: &PanelContext<'_>) -> Vec<TopicId> {
    let is_dense = context
        .session
        .recording()
        .is_some_and(|recording| recording.memory().dense().is_some());
    let mut topics = vec![match (context.is_of_letters(), is_dense) {
        (true, _) => TopicId::RecallLetters,
        (false, true) => TopicId::RecallDense,
        (false, false) => TopicId::Recall,
    }];
    let warm =
        |dynamics| matches!(dynamics, Dynamics::Glauber { temperature } if temperature > 0.0);
    if warm(context.draft.track().dynamics) && !context.is_of_letters() {
        topics.push(TopicId::HeatBath);
    }
    topics
}

/// Matrix, statistics and fields; what stands in their place where there are none.
fn couplings(context: &PanelContext<'_>) -> Vec<TopicId> {
    let memory = context.session.recording().map(|it| &**it.memory());
    if memory.is_some_and(|memory| memory.potts().is_some()) {
        return vec![TopicId::Contacts];
    }
    if memory.is_some_and(|memory| memory.dense().is_some()) {
        return vec![TopicId::Weights];
    }
    let has_bonds = context.session.sample().is_some();
    let statistic = match context.view.statistic {
        Statistic::Margins => TopicId::Margins,
        Statistic::Spectrum => TopicId::Spectrum,
        Statistic::Bonds if has_bonds => TopicId::Bonds,
        Statistic::Bonds | Statistic::Couplings | Statistic::Fields => TopicId::Histogram,
    };
    vec![TopicId::Couplings, statistic, TopicId::LocalFields]
}

fn attractors(view: AttractorView) -> TopicId {
    match view {
        AttractorView::Wheel => TopicId::Wheel,
        AttractorView::Plane => TopicId::Plane,
        AttractorView::Census => TopicId::Census,
        AttractorView::Bands => TopicId::Bands,
        AttractorView::Flips => TopicId::Flips,
        AttractorView::Walk => TopicId::Walk,
        AttractorView::Tree => TopicId::Tree,
        AttractorView::States => TopicId::States,
    }
}

/// What is to be said of what `card` is about: of the memory its rule comes first.
pub(super) fn explanations(card: &str, context: &PanelContext<'_>) -> Vec<Explanation> {
    let topics = of_card(card, context).into_iter();
    let topics = topics.map(|id| of_topic(id.topic(), context));
    let rule = (card == "Memory").then(|| of_rule(context));
    rule.into_iter().chain(topics).collect()
}

fn of_topic(topic: &'static Topic, context: &PanelContext<'_>) -> Explanation {
    let recording = context.session.recording();
    let (formula, symbols) = match recording {
        Some(recording) if topic.id == TopicId::Energy => {
            let formula = energy_formula(recording.memory());
            (formula, present(formula, &ENERGY_SYMBOLS))
        }
        _ => (topic.formula, present(topic.formula, topic.symbols)),
    };
    Explanation {
        topic: Some(topic.id),
        title: topic.title,
        shows: topic.shows.to_owned(),
        formula: formula.to_owned(),
        symbols,
        notice: topic.notice,
        source: topic.source,
        lesson: topic.lesson,
    }
}

/// The rule of the draft, with the numbers of its settings in its formula.
fn of_rule(context: &PanelContext<'_>) -> Explanation {
    let rule = &context.track().rule;
    let (about, formula) = (rule.about(), rule.rule().formula());
    Explanation {
        topic: None,
        title: about.title,
        shows: format!("{}.", about.summary.trim_end_matches('.')),
        symbols: present(&formula, about.legend),
        formula: formula.into_owned(),
        notice: about.capacity,
        source: about.reference,
        lesson: lesson_of(about.name),
    }
}

/// The lesson that treats a rule.
fn lesson_of(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "hebb" => "capacity",
        "pseudo-inverse" => "digits",
        "pseudo-likelihood" => "pseudo-likelihood",
        "taylor" => "coefficients",
        "dense" => "dense",
        "modern" => "attention",
        "potts" | "potts-hebb" => "contacts",
        _ => return None,
    })
}

/// Those symbols of a legend that stand in `formula`.
fn present(formula: &str, legend: &[Symbol]) -> Vec<Symbol> {
    standing(formula, legend).unwrap_or_else(|_unread| legend.to_vec())
}

/// Whether the numbers of a topic are known to its card alone, which hands them over.
pub(super) fn is_handed_over(topic: TopicId) -> bool {
    matches!(
        topic,
        TopicId::Histogram
            | TopicId::Weights
            | TopicId::Experiment
            | TopicId::Curves
            | TopicId::Readings
    )
}
