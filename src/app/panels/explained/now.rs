//! The formula of a topic with the numbers of the moment shown, in TeX.
//!
//! Everything is read off the session and the snapshots, so that it follows the time line. Absent: numbers that only a
//! card knows, which it hands over.

use super::tex::{count_of, energy, number, overlap};
use super::{attracted, measured};
use crate::app::panels::PanelContext;
use crate::app::panels::charts::last_change;
use crate::app::snapshot::Snapshot;
use crate::engine::dense::Energy;
use crate::engine::{Dynamics, Memory, Recording};
use crate::lessons::topics::{TopicId, energy_formula};
use crate::trial::tracks::TRACK_LETTERS;

/// The lines of `topic` on a card; none where nothing is known yet.
pub(super) fn lines(topic: TopicId, card: &str, context: &PanelContext<'_>) -> Vec<String> {
    let lines = match topic {
        TopicId::Memory => load(context),
        TopicId::Recall | TopicId::RecallDense => recall(topic, context),
        TopicId::RecallLetters => letters(context),
        TopicId::HeatBath => heat_bath(context),
        TopicId::Overlaps | TopicId::OverlapsOfLetters => overlaps(topic, context),
        TopicId::Energy => energies(context),
        TopicId::Stability => stability(context),
        TopicId::LocalFields => local_field(context),
        TopicId::Track => track(card, context),
        TopicId::SharedCue => cue(context),
        TopicId::Results => results(context),
        TopicId::LearningLoss
        | TopicId::LearningMargin
        | TopicId::LearningNorm
        | TopicId::LearningOverlap => measured::learning(topic, context),
        TopicId::SamplingEnergies | TopicId::SamplingExchanges | TopicId::SamplingOverlaps => {
            measured::sampling(topic, context)
        }
        TopicId::Basin => measured::basin(context),
        TopicId::Couplings => measured::couplings(context),
        TopicId::Margins => measured::margins(context),
        TopicId::Spectrum => measured::spectrum(context),
        TopicId::Bonds => measured::bonds(context),
        TopicId::Contacts => measured::contacts(context),
        TopicId::Wheel | TopicId::Plane => attracted::picture(card, context),
        TopicId::Shares => attracted::shares(context),
        TopicId::Census => attracted::census(context),
        TopicId::Bands => attracted::bands(context),
        TopicId::Flips => attracted::flips(context),
        TopicId::Walk => attracted::walk(context),
        TopicId::Tree => attracted::tree(context),
        TopicId::States => attracted::states(context),
        // Their cards hand over what there is.
        TopicId::Histogram
        | TopicId::Weights
        | TopicId::Experiment
        | TopicId::Curves
        | TopicId::Readings => Some(Vec::new()),
        TopicId::Words | TopicId::Lesson => None,
    };
    lines.unwrap_or_default()
}

/// What is shown of a track, with its recording.
fn shown<'a>(track: usize, context: &PanelContext<'a>) -> Option<(&'a Recording, &'a Snapshot)> {
    let recording = context.session.tracks().get(track)?.recording()?;
    Some((recording, context.snapshots.get(track)?.as_ref()?))
}

fn load(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let patterns = context.session.patterns()?;
    let (p, n) = (patterns.n_patterns(), patterns.n_units());
    let load = number(patterns.load());
    Some(vec![format!(r"\alpha = \frac{{{p}}}{{{n}}} = {load}")])
}

/// The unit that couplings and fields are told about: the one last pointed at, or else the one in the middle.
fn unit(recording: &Recording, context: &PanelContext<'_>) -> usize {
    let grid = recording.patterns().grid();
    let known = context.view.unit.filter(|unit| *unit < grid.n_units());
    known.unwrap_or(grid.rows / 2 * grid.columns + grid.columns / 2)
}

fn recall(topic: TopicId, context: &PanelContext<'_>) -> Option<Vec<String>> {
    let (recording, snapshot) = shown(0, context)?;
    let unit = unit(recording, context);
    let field = f64::from(*snapshot.fields.get(unit)?);
    let middle = if topic == TopicId::Recall {
        format!(r"\sum_j J_{{{unit},j}} \, s_j = ")
    } else {
        String::new()
    };
    let sign = if snapshot.state.units()[unit] > 0 {
        "+1"
    } else {
        "-1"
    };
    let mut lines = vec![format!(
        r"s_{{{unit}}} = {sign},\quad h_{{{unit}}} = {middle}{}",
        number(field)
    )];
    if !snapshot.fields_are_old {
        let units = snapshot.state.units().iter().zip(&snapshot.fields);
        let moved = units.filter(|(unit, field)| f32::from(**unit) * **field < 0.0);
        let (moved, all) = (moved.count(), snapshot.state.n_units());
        lines.push(count_of("units against their field", moved, all));
    }
    Some(lines)
}

fn letters(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let (_, snapshot) = shown(0, context)?;
    let unstable = snapshot.fields.iter().filter(|field| **field < 0.0).count();
    let all = snapshot.state.n_units();
    let line = count_of("sites that will change", unstable, all);
    (!snapshot.fields_are_old).then(|| vec![line])
}

fn heat_bath(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let (recording, snapshot) = shown(0, context)?;
    let Dynamics::Glauber { temperature } = recording.dynamics() else {
        return None;
    };
    let unit = unit(recording, context);
    let field = f64::from(*snapshot.fields.get(unit)?);
    let probability = 1.0 / (1.0 + libm::exp(-2.0 * field / temperature));
    let (h, t, p) = (number(field), number(temperature), number(probability));
    Some(vec![format!(
        r"P(s_{{{unit}}} = +1) = \frac{{1}}{{1 + e^{{-2 \cdot ({h}) / {t}}}}} = {p}"
    )])
}

/// With the nearest pattern, and with the original where that is another.
fn overlaps(topic: TopicId, context: &PanelContext<'_>) -> Option<Vec<String>> {
    let (recording, snapshot) = shown(0, context)?;
    let n = recording.cue().n_units();
    let nearest = snapshot.nearest;
    let sum = match topic {
        TopicId::OverlapsOfLetters => format!(r"\delta(\xi_i^{{{nearest}}}, s_i)"),
        _ => format!(r"\xi_i^{{{nearest}}} s_i"),
    };
    let m = overlap(*snapshot.overlaps.get(nearest)?);
    let mut lines = vec![format!(
        r"m_{{{nearest}}} = \frac{{1}}{{{n}}} \sum_i {sum} = {m}"
    )];
    if let Some(m) = snapshot.target_overlap {
        lines.push(format!(r"\text{{with the original: }} m = {}", overlap(m)));
    }
    Some(lines)
}

fn energies(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let (recording, snapshot) = shown(0, context)?;
    let formula = with_settings(recording.memory());
    let mut lines = vec![format!("{formula} = {}", energy(snapshot.energy?))];
    let cursor = context.session.cursor_on(0);
    if let Some((what, change)) = last_change(recording, snapshot, cursor) {
        let change = energy(change);
        lines.push(format!(r"\Delta E = {change} \text{{ by the last {what}}}"));
    }
    Some(lines)
}

/// The formula of the energy with the numbers of its settings.
fn with_settings(memory: &Memory) -> String {
    let formula = energy_formula(memory);
    let Some(dense) = memory.dense() else {
        return formula.to_owned();
    };
    let n = dense.n_units();
    match dense.energy_function() {
        Energy::Polynomial { degree } => {
            format!(r"E = -\frac{{{n}}}{{{degree}}} \sum_\mu m_\mu^{{{degree}}}")
        }
        Energy::Rectified { degree } => {
            format!(r"E = -\frac{{{n}}}{{{degree}}} \sum_\mu \max(0, m_\mu)^{{{degree}}}")
        }
        Energy::Exponential { beta } => {
            let slope = number(beta * n as f64);
            format!(r"E = -c \sum_\mu e^{{{slope} (m_\mu - 1)}}")
        }
        Energy::LogSumExp { beta, .. } => {
            let (beta, slope) = (number(beta), number(beta * n as f64));
            let sum = format!(r"E = -\frac{{1}}{{{beta}}} \ln \sum_\mu e^{{{slope} m_\mu}}");
            if dense.is_continuous() {
                sum + r" + \frac{1}{2} \lVert s \rVert^2 + \ldots"
            } else {
                sum
            }
        }
    }
}

fn stability(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let (recording, snapshot) = shown(0, context)?;
    let n = recording.cue().n_units();
    let mean = number(snapshot.stability);
    Some(vec![format!(
        r"\frac{{1}}{{{n}}} \sum_i s_i h_i / \lVert J_i \rVert = {mean}"
    )])
}

fn local_field(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let (recording, snapshot) = shown(0, context)?;
    let unit = unit(recording, context);
    let field = number(f64::from(*snapshot.fields.get(unit)?));
    Some(vec![format!(
        r"h_{{{unit}}} = \sum_j J_{{{unit},j}} \, s_j = {field}"
    )])
}

fn wrong(snapshot: &Snapshot) -> usize {
    snapshot.marks.iter().filter(|mark| mark.wrong).count()
}

fn track(card: &str, context: &PanelContext<'_>) -> Option<Vec<String>> {
    let letter = card.strip_prefix("Track ")?;
    let track = TRACK_LETTERS.iter().position(|it| *it == letter)?;
    let (recording, snapshot) = shown(track, context)?;
    let (n, m) = (recording.cue().n_units(), snapshot.target_overlap?);
    let line = if snapshot.graded.is_some() || context.is_of_letters() {
        format!("m = {}", overlap(m))
    } else {
        let wrong = wrong(snapshot);
        format!(r"m = 1 - \frac{{2 \cdot {wrong}}}{{{n}}} = {}", overlap(m))
    };
    let energy = snapshot.energy.map(|it| format!("E = {}", energy(it)));
    Some(std::iter::once(line).chain(energy).collect())
}

fn cue(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let states = context.session.cue()?;
    let original = states.wanted()?;
    let pairs = states.cue.units().iter().zip(original.units());
    let wrong = pairs.filter(|(cue, original)| cue != original).count();
    let m = overlap(states.cue.overlap(original));
    let n = original.n_units();
    Some(vec![if context.is_of_letters() {
        format!(r"m = 1 - \frac{{{wrong}}}{{{n}}} = {m}")
    } else {
        format!(r"m = 1 - \frac{{2 \cdot {wrong}}}{{{n}}} = {m}")
    }])
}

/// One line with the overlap of every track.
fn results(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let found = TRACK_LETTERS
        .iter()
        .enumerate()
        .filter_map(|(track, letter)| {
            let (_, snapshot) = shown(track, context)?;
            let m = overlap(snapshot.target_overlap?);
            Some(format!(r"m_{{\mathrm{{{letter}}}}} = {m}"))
        });
    let found: Vec<String> = found.collect();
    (!found.is_empty()).then(|| vec![found.join(r",\quad ")])
}
