//! Which overlap curves are drawn singly, what the others span, and which curve the pointer is nearest to.
//!
//! Absent: the screen. With thousands of patterns only the strongest are lines; the rest is one band from the least
//! to the largest overlap. Kept until the recording has grown or is another one.

use crate::engine::{Patterns, Recording};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Most curves drawn as single lines.
pub const MOST_LINES: usize = 60;

/// The overlap curves of one recording, at its sampled moments and at its last one.
#[derive(Debug, Clone)]
pub struct Curves {
    made_from: Option<(u64, u64)>,
    /// The moments, in sweeps.
    pub sweeps: Arc<[f64]>,
    /// Overlaps at all moments, P to a moment.
    overlaps: Vec<f32>,
    n_patterns: usize,
    /// Patterns drawn as lines, each with its overlaps.
    pub lines: Vec<(usize, Arc<[f64]>)>,
    /// Least and largest overlap of all other patterns at each moment; empty where there are none.
    pub band: Arc<[[f64; 2]]>,
    /// Least overlap of all.
    pub lowest: f32,
    /// Overlaps at moments, where the recording does not keep them itself.
    known: BTreeMap<u64, Vec<f32>>,
}

impl Default for Curves {
    /// Of nothing.
    fn default() -> Self {
        Self {
            made_from: None,
            sweeps: Arc::new([]),
            overlaps: Vec::new(),
            n_patterns: 0,
            lines: Vec::new(),
            band: Arc::new([]),
            lowest: 0.0,
            known: BTreeMap::new(),
        }
    }
}

impl Curves {
    /// Works the overlaps with `others` out again if `recording` has grown or `version` has changed; a moment that was
    /// worked out before is kept.
    pub fn update_with(&mut self, recording: &Recording, others: &Patterns, version: u64) {
        let made_from = Some((version, recording.length()));
        if self.made_from == made_from {
            return;
        }
        if self.made_from.is_none_or(|(before, _)| before != version) {
            self.known.clear();
        }
        let updates = recording.moments();
        let mut known = std::mem::take(&mut self.known);
        let mut overlaps = Vec::with_capacity(updates.len() * others.n_patterns());
        for update in &updates {
            let snapshot = known.entry(*update).or_insert_with(|| {
                let all = recording.overlaps_with(others, *update);
                all.into_iter().map(|overlap| overlap as f32).collect()
            });
            overlaps.extend_from_slice(snapshot);
        }
        known.retain(|update, _| updates.binary_search(update).is_ok());
        let sweep = recording.sweep() as f64;
        let sweeps = updates.iter().map(|update| *update as f64 / sweep);
        *self = Self::new(sweeps.collect(), overlaps, others.n_patterns());
        (self.made_from, self.known) = (made_from, known);
    }

    /// Works the curves out again if `recording` has grown or `version` has changed.
    pub fn update(&mut self, recording: &Recording, version: u64) {
        let made_from = Some((version, recording.length()));
        if self.made_from == made_from {
            return;
        }
        let curves = recording.curves();
        let updates = recording.moments();
        let mut overlaps = curves.overlaps.clone();
        if updates.len() > curves.updates.len() {
            overlaps.extend(
                recording
                    .last_overlaps()
                    .iter()
                    .map(|overlap| *overlap as f32),
            );
        }
        let sweep = recording.sweep() as f64;
        let sweeps = updates.iter().map(|update| *update as f64 / sweep);
        *self = Self::new(
            sweeps.collect(),
            overlaps,
            recording.patterns().n_patterns(),
        );
        self.made_from = made_from;
    }

    fn new(sweeps: Vec<f64>, overlaps: Vec<f32>, n_patterns: usize) -> Self {
        let last = &overlaps[overlaps.len() - n_patterns..];
        let single = strongest(last, MOST_LINES);
        let mut in_band = vec![true; n_patterns];
        for pattern in &single {
            in_band[*pattern] = false;
        }
        let band = if single.len() < n_patterns {
            overlaps
                .chunks(n_patterns)
                .map(|snapshot| span_of(snapshot, &in_band))
                .collect()
        } else {
            Arc::new([]) as Arc<[[f64; 2]]>
        };
        let lowest = overlaps.iter().copied().fold(f32::INFINITY, f32::min);
        let mut curves = Self {
            made_from: None,
            sweeps: sweeps.into(),
            overlaps,
            n_patterns,
            lines: Vec::new(),
            band,
            lowest,
            known: BTreeMap::new(),
        };
        curves.lines = single
            .into_iter()
            .map(|pattern| (pattern, curves.line(pattern)))
            .collect();
        curves
    }

    /// Number of patterns.
    pub fn n_patterns(&self) -> usize {
        self.n_patterns
    }

    /// The overlaps of any pattern at all moments.
    pub fn line(&self, pattern: usize) -> Arc<[f64]> {
        let all = self.overlaps.iter().skip(pattern);
        all.step_by(self.n_patterns)
            .map(|overlap| f64::from(*overlap))
            .collect()
    }

    /// The pattern whose curve passes nearest to `value` at `sweeps`, and its overlap there; `None` beyond `reach`.
    pub fn nearest(&self, sweeps: f64, value: f64, reach: f64) -> Option<(usize, f64)> {
        let last = self.sweeps.len().checked_sub(1)?;
        let after = self.sweeps.partition_point(|snapshot| *snapshot < sweeps);
        let (a, b) = (after.saturating_sub(1), after.min(last));
        let gap = self.sweeps[b] - self.sweeps[a];
        let part = if gap > 0.0 {
            ((sweeps - self.sweeps[a]) / gap).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let at = |snapshot: usize, pattern: usize| {
            f64::from(self.overlaps[snapshot * self.n_patterns + pattern])
        };
        (0..self.n_patterns)
            .map(|pattern| {
                (
                    pattern,
                    at(a, pattern) * (1.0 - part) + at(b, pattern) * part,
                )
            })
            .min_by(|x, y| (x.1 - value).abs().total_cmp(&(y.1 - value).abs()))
            .filter(|(_, overlap)| (overlap - value).abs() <= reach)
    }
}

/// The `most` patterns with the largest size of overlap, ascending.
fn strongest(overlaps: &[f32], most: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..overlaps.len()).collect();
    if overlaps.len() > most {
        let key = |pattern: &usize| -overlaps[*pattern].abs();
        order.select_nth_unstable_by(most - 1, |a, b| {
            key(a).total_cmp(&key(b)).then_with(|| a.cmp(b))
        });
        order.truncate(most);
        order.sort_unstable();
    }
    order
}

/// Least and largest of the overlaps that are `wanted`.
fn span_of(overlaps: &[f32], wanted: &[bool]) -> [f64; 2] {
    let all = overlaps.iter().zip(wanted).filter(|(_, wanted)| **wanted);
    super::span(all.map(|(overlap, _)| f64::from(*overlap)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three patterns at three moments.
    fn three() -> Curves {
        let overlaps = vec![0.5, 0.1, -0.3, 0.7, 0.0, -0.3, 1.0, -0.1, -0.3];
        Curves::new(vec![0.0, 1.0, 2.0], overlaps, 3)
    }

    #[test]
    fn few_patterns_are_all_lines() {
        let curves = three();
        assert_eq!(curves.lines.len(), 3);
        let second: Vec<f32> = curves.lines[1].1.iter().map(|m| *m as f32).collect();
        assert_eq!((curves.lines[1].0, second), (1, vec![0.1, 0.0, -0.1]));
        assert!(curves.band.is_empty());
        assert_eq!((curves.lowest, curves.n_patterns()), (-0.3, 3));
    }

    #[test]
    fn of_many_the_strongest_are_lines_and_the_rest_a_band() {
        let n = 200;
        let start = (0..n).map(|pattern| pattern as f32 / 1000.0);
        let end = (0..n).map(|pattern| {
            if pattern == 7 {
                -0.9
            } else {
                pattern as f32 / 400.0
            }
        });
        let curves = Curves::new(vec![0.0, 1.0], start.chain(end).collect(), n);
        assert_eq!(curves.lines.len(), MOST_LINES);
        assert_eq!(curves.lines[0].0, 7);
        assert_eq!(curves.lines[1].0, n - MOST_LINES + 1);
        let band = curves.band.iter().map(|ends| ends.map(|end| end as f32));
        let expected = [[0.0, 0.14], [0.0, 140.0 / 400.0]];
        assert_eq!(band.collect::<Vec<[f32; 2]>>(), expected);
    }

    #[test]
    fn the_nearest_curve_is_found_between_moments() {
        let curves = three();
        let (pattern, overlap) = curves.nearest(0.5, 0.58, 0.1).unwrap();
        assert!(pattern == 0 && (overlap - 0.6).abs() < 1e-6);
        assert_eq!(curves.nearest(1.0, 0.04, 0.1).unwrap().0, 1);
        assert_eq!(curves.nearest(9.0, -0.25, 0.1).unwrap().0, 2);
        assert_eq!(curves.nearest(0.5, 0.9, 0.1), None);
        assert_eq!(Curves::default().nearest(0.0, 0.0, 1.0), None);
    }
}
