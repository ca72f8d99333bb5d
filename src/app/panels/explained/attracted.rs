//! Numbers of the moment of the views of the attractors.

use super::tex::{count_of, energy, number, overlap, share_of};
use crate::app::panels::PanelContext;
use crate::engine::Nature;
use crate::engine::attractors::{Triangle, good_turing};
use crate::lab::portraits::{PortraitPicture, StartPlane};
use crate::trial::tracks::TRACK_LETTERS;

/// What the starts of a picture end in, as far as they are drawn.
pub(super) fn picture(card: &str, context: &PanelContext<'_>) -> Option<Vec<String>> {
    let track = card.strip_prefix("Track ");
    let track = track.and_then(|letter| TRACK_LETTERS.iter().position(|it| *it == letter));
    let picture = context.session.portrait_on(track.unwrap_or(0))?;
    let side = picture.side;
    let mut lines = vec![format!(r"{side} \times {side} \text{{ starts}}")];
    lines.extend(stored_share(picture));
    if let StartPlane::Plane(triangle, _) = &*picture.plane {
        lines.push(corners(triangle));
    }
    Some(lines)
}

/// The share of starts that end in a stored pattern.
fn stored_share(picture: &PortraitPicture) -> Option<String> {
    let attractors = picture.catalogue.attractors();
    let is_stored = |attractor: usize| {
        let nature = attractors.get(attractor).map(|it| &it.nature);
        matches!(
            nature,
            Some(Nature::Stored { .. } | Nature::Original { .. })
        )
    };
    let (mut stored, mut all) = (0, 0);
    for share in &picture.shares {
        all += share.count;
        stored += if is_stored(share.attractor) {
            share.count
        } else {
            0
        };
    }
    (all > 0).then(|| share_of("end in a stored pattern", stored as f64 / all as f64))
}

/// How alike the corners are, two by two.
fn corners(triangle: &Triangle) -> String {
    let corners = triangle.corners();
    let pairs = [(0, 1), (1, 2), (2, 0)];
    let overlaps = pairs.map(|(a, b)| overlap(corners[a].overlap(&corners[b])));
    let [first, second, third] = overlaps;
    format!(r"m_{{12}} = {first},\quad m_{{23}} = {second},\quad m_{{31}} = {third}")
}

pub(super) fn shares(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let boundary = context.session.portrait()?.boundary.as_ref()?;
    let mut lines = Vec::new();
    if let Some(found) = &boundary.entropies {
        let (basin, edge) = (number(found.basin), number(found.boundary));
        lines.push(format!(
            r"S = {basin},\quad S_{{\mathrm{{boundary}}}} = {edge}"
        ));
    }
    if let Some(found) = &boundary.exponent {
        let (exponent, error) = (number(found.exponent), number(found.error));
        lines.push(format!(r"\gamma = {exponent} \pm {error}"));
    }
    Some(lines)
}

pub(super) fn census(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let census = context.session.census()?;
    let attractors = census.catalogue.attractors();
    let n = census.catalogue.n_starts().max(1);
    let most = attractors.iter().map(|it| it.count).max()?;
    let unseen = good_turing(attractors.iter().map(|it| it.count));
    Some(vec![
        format!(
            r"n = {n},\quad \text{{attractors met: }} {}",
            attractors.len()
        ),
        format!(
            r"\max p_k = \frac{{{most}}}{{{n}}} = {}",
            number(most as f64 / n as f64)
        ),
        format!(r"p_0 \approx {}", number(unseen)),
    ])
}

pub(super) fn bands(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let bands = context.session.bands()?;
    let (values, bands_) = (bands.columns.len(), bands.map.bands.len());
    Some(vec![format!(
        r"\text{{values of }} x \text{{: }} {values},\quad \text{{bands: }} {bands_}"
    )])
}

pub(super) fn flips(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let broken = context.session.broken()?;
    let found = broken.flips.units.as_ref().map(Vec::len)?;
    let n = broken.state.n_units();
    let line = match broken.flips.bound {
        _ if broken.flips.exact => format!(r"d_{{\min}} = {found}"),
        Some(bound) => format!(r"{bound} \leq d_{{\min}} \leq {found}"),
        None => format!(r"d_{{\min}} \leq {found}"),
    };
    let part = number(found as f64 / n as f64);
    Some(vec![line, format!(r"\frac{{{found}}}{{{n}}} = {part}")])
}

pub(super) fn walk(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let path = context.session.walked()?;
    let (from, to) = (path.states.first()?, path.states.last()?);
    let (n, m) = (from.n_units(), overlap(from.overlap(to)));
    let d = path.n_flips();
    let mut lines = vec![if context.is_of_letters() {
        format!("d = {n} (1 - {m}) = {d}")
    } else {
        format!(r"d = \frac{{{n}}}{{2}} (1 - {m}) = {d}")
    }];
    if let Some(energies) = &path.energies {
        let top = energies.iter().copied().reduce(f64::max)?;
        lines.push(format!(
            r"\max E - E_{{\mathrm{{start}}}} = {}",
            energy(top - energies[0])
        ));
    }
    Some(lines)
}

pub(super) fn tree(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let tree = &context.session.trees()?.own.tree;
    let lowest = tree
        .leaves
        .iter()
        .map(|leaf| leaf.energy)
        .reduce(f64::min)?;
    let top = tree
        .joints
        .iter()
        .map(|joint| joint.energy)
        .reduce(f64::max);
    let mut lines = vec![format!(
        r"\text{{minima: }} {},\quad \min E = {}",
        tree.leaves.len(),
        energy(lowest)
    )];
    lines.extend(top.map(|top| format!(r"\max B = {}", energy(top - lowest))));
    Some(lines)
}

pub(super) fn states(context: &PanelContext<'_>) -> Option<Vec<String>> {
    let graph = &context.session.state_graph()?.graph;
    let (n, all) = (graph.n_units(), graph.successors().len());
    let ends = graph.cycles().len();
    let rings = graph.cycles().iter().filter(|cycle| cycle.len() > 1);
    Some(vec![
        format!(r"2^{{{n}}} = {all}"),
        count_of("attractors that are cycles", rings.count(), ends),
    ])
}
