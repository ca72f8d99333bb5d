//! Numbers of the moment that were measured or told by a job: of learning, of sampling, of couplings, of basins.
//!
//! What is of an older memory than the one shown is not told.

use super::tex::{count_of, number, overlap, share_of};
use crate::app::panels::PanelContext;
use crate::engine::observables::N_CUES;
use crate::lessons::topics::TopicId;
use crate::session::Measurement;

/// What learning has told last, on the way or at its end.
pub(super) fn learning(topic: TopicId, context: &PanelContext<'_>) -> Option<Vec<String>> {
    let session = context.session;
    let ended = session.trained().map(|trained| &*trained.course);
    let course = session.learning_on(0).or(ended)?;
    let last = course.standing()?;
    let line = match topic {
        TopicId::LearningLoss => {
            let loss = format!("L = {}", number(last.loss?));
            let gradient = last
                .gradient
                .map(|it| format!(r",\quad g = {}", number(it)));
            loss + &gradient.unwrap_or_default()
        }
        TopicId::LearningMargin => format!(r"\kappa_{{\min}} = {}", number(last.margin?)),
        TopicId::LearningNorm => format!(r"\lVert J \rVert = {}", number(last.row_norm?)),
        _ => {
            let look = course.looks.last()?;
            let stored = format!(r"m_{{\mathrm{{stored}}}} = {}", overlap(look.stored));
            let unseen = Some(look.unseen).filter(|m| m.is_finite());
            let unseen =
                unseen.map(|m| format!(r",\quad m_{{\mathrm{{unseen}}}} = {}", overlap(m)));
            stored + &unseen.unwrap_or_default()
        }
    };
    let iteration = last.iteration;
    Some(vec![format!(r"\text{{iteration }} {iteration}"), line])
}

pub(super) fn sampling(topic: TopicId, context: &PanelContext<'_>) -> Option<Vec<String>> {
    let sample = context.session.sample()?;
    let record = &sample.record;
    let mut lines = vec![format!("T = {}", number(sample.temperature))];
    match topic {
        TopicId::SamplingEnergies => {
            let starts = ["random starts", "cold starts"].into_iter();
            let found = starts.zip(record.means.iter().zip(record.errors));
            lines.extend(found.map(|(start, (mean, error))| {
                let (mean, error) = (number(*mean), number(error));
                format!(r"e = {mean} \pm {error} \text{{ from {start}}}")
            }));
            let exact = sample.exact.map(|it| number(it.mean));
            lines.extend(exact.map(|e| format!(r"e = {e} \text{{ exactly}}")));
        }
        TopicId::SamplingExchanges => {
            let least = record.exchanges.iter().copied().reduce(f64::min)?;
            lines.push(share_of("fewest exchanges of two neighbours", least));
        }
        _ => lines.push(format!(
            r"\sqrt{{\langle q^2 \rangle}} = {}",
            number(record.independent)
        )),
    }
    Some(lines)
}

pub(super) fn basin(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let basin = context.session.basin()?.now;
    let mut lines = vec![count_of("cues run", basin.soundings.len(), N_CUES)];
    let critical = basin.critical().map(|m| format!("m_c = {}", overlap(m)));
    let recalled = basin
        .recalled()
        .map(|part| share_of("recalled from m = 0.5 on", part));
    lines.extend(critical.or(recalled));
    Some(lines)
}

pub(super) fn couplings(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let couplings = context.session.recording()?.memory().couplings()?;
    Some(vec![format!(r"\eta = {}", number(couplings.asymmetry()))])
}

pub(super) fn margins(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let session = context.session;
    let margins = session.margins();
    let margins = margins.filter(|_| session.is_measured(Measurement::Margins))?;
    let (least, mean) = (number(margins.smallest), number(margins.mean));
    Some(vec![
        format!(r"\kappa_{{\min}} = {least},\quad \bar{{\kappa}} = {mean}"),
        share_of("units below 0", margins.negative),
    ])
}

pub(super) fn spectrum(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let session = context.session;
    let spectrum = session.spectrum();
    let spectrum = spectrum.filter(|_| session.is_measured(Measurement::Spectrum))?;
    let right = number(f64::from(spectrum.rightmost()));
    Some(vec![if spectrum.real {
        let left = number(f64::from(spectrum.leftmost()));
        format!(r"\lambda_{{\min}} = {left},\quad \lambda_{{\max}} = {right}")
    } else {
        let radius = number(f64::from(spectrum.radius()));
        format!(r"\max \mathrm{{Re}}\, \lambda = {right},\quad \max |\lambda| = {radius}")
    }])
}

pub(super) fn bonds(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let session = context.session;
    let found = session.compared_bonds();
    let found = found.filter(|_| session.is_measured(Measurement::Bonds))?;
    Some(vec![
        format!("R = {}", number(found.cosine)),
        share_of("signs that are right", found.signs),
    ])
}

pub(super) fn contacts(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let session = context.session;
    let map = session.contact_map();
    let map = map.filter(|_| session.is_measured(Measurement::Contacts))?;
    let lines = map.precisions.iter().map(|(top, of_couplings, _)| {
        share_of(
            &format!("of the {top} strongest pairs touch"),
            of_couplings.share(),
        )
    });
    let chance = share_of("by chance", map.chance);
    Some(lines.chain(std::iter::once(chance)).collect())
}
