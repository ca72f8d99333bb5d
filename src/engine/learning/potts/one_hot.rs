//! Patterns of letters as rows of ones and zeros, N ones among N q places and one more for the field: what fields and
//! gradients are gathered from and scattered into.
//!
//! A table has a line of `W` numbers for each letter at each site, one number for every letter of the site that
//! learns, padded so that lines fill vector registers. Sums run in a fixed order; their bits do not depend on the width.
#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the vector unit"
)]

use super::super::pseudo_likelihood::logistic::exp_below_zero;
use crate::engine::kernels::fused;
use crate::engine::kernels::width::widest;
use crate::engine::parallel::prelude::*;
use crate::engine::patterns::Patterns;

/// Largest multiple of a field that stands for "never".
const NEVER: f32 = -1e30;

/// Sums side by side.
const SUMS: usize = 4;

/// Patterns whose costs and slopes are added up together.
const PATTERNS: usize = 512;

/// Sites whose lines a gradient is scattered into together.
const SITES: usize = 16;

/// Numbers that a thread goes through at least: less is not worth sharing.
const SHARED: usize = 1 << 16;

/// One number for each letter, padded.
pub(super) type Line<const W: usize> = [f32; W];

/// Which lines of a table each pattern picks, and how much it counts.
pub(super) struct OneHot {
    pub(super) n_units: usize,
    pub(super) n_letters: usize,
    /// Lines of a pattern: j q + ξ_j for every site j, and N q for the field.
    lines: Vec<u16>,
    /// w_μ / Σ w.
    shares: Vec<f32>,
    /// Share of the patterns that pick each line.
    pub(super) frequencies: Vec<f32>,
}

impl OneHot {
    /// The lines that `patterns` of `n_letters` letters pick; sites times letters are below 2^16.
    pub(super) fn new(patterns: &Patterns, n_letters: usize) -> Self {
        let (n_patterns, n_units) = patterns.rows().dim();
        let total = patterns.total_weight();
        let share = |weight: f32| (f64::from(weight) / total) as f32;
        let shares: Vec<f32> = match patterns.weights() {
            Some(weights) => weights.iter().copied().map(share).collect(),
            None => vec![share(1.0); n_patterns],
        };
        let mut lines = Vec::with_capacity(n_patterns * (n_units + 1));
        for pattern in 0..n_patterns {
            let letters = patterns.pattern(pattern).iter().enumerate();
            lines
                .extend(letters.map(|(site, letter)| (site * n_letters + *letter as usize) as u16));
            lines.push((n_units * n_letters) as u16);
        }
        let mut frequencies = vec![0.0_f64; n_units * n_letters + 1];
        for (lines, share) in lines.chunks(n_units + 1).zip(&shares) {
            for line in lines {
                frequencies[usize::from(*line)] += f64::from(*share);
            }
        }
        Self {
            n_units,
            n_letters,
            lines,
            shares,
            frequencies: frequencies.into_iter().map(|sum| sum as f32).collect(),
        }
    }

    /// Number of patterns P.
    pub(super) fn n_patterns(&self) -> usize {
        self.shares.len()
    }

    /// Lines of a table.
    pub(super) fn n_lines(&self) -> usize {
        self.frequencies.len()
    }

    /// The fields of all patterns: for each, the sum of the lines it picks.
    pub(super) fn gather<const W: usize>(&self, table: &[Line<W>], fields: &mut [Line<W>]) {
        let n_picks = self.n_units + 1;
        let at_once = SHARED / (n_picks * W) + 1;
        let pieces = fields.par_chunks_mut(at_once);
        let pieces = pieces.zip(self.lines.par_chunks(at_once * n_picks));
        pieces.for_each(|(fields, lines)| {
            widest(
                #[inline(always)]
                || {
                    for (lines, field) in lines.chunks_exact(n_picks).zip(fields) {
                        *field = sum_of_lines(table, lines);
                    }
                },
            );
        });
    }

    /// Σ_μ (w_μ / Σ w) (p_μ − 1 at the letter it has) into each line that μ picks: the gradient of the mean cost.
    pub(super) fn scatter<const W: usize>(
        &self,
        chances: &[Line<W>],
        letters: &[i8],
        gradient: &mut [Line<W>],
    ) {
        let n_picks = self.n_units + 1;
        let pieces = gradient.par_chunks_mut(SITES * self.n_letters).enumerate();
        let at_least = SHARED / (self.n_patterns() * SITES * W) + 1;
        pieces.with_min_len(at_least).for_each(|(piece, gradient)| {
            // The field's line is the only one of its kind, behind those of the last site.
            let picks = piece * SITES..((piece + 1) * SITES).min(n_picks);
            let first = piece * SITES * self.n_letters;
            let patterns = self.lines.chunks_exact(n_picks).zip(chances);
            let shares = self.shares.iter().zip(letters);
            widest(
                #[inline(always)]
                || {
                    gradient.fill([0.0; W]);
                    for ((lines, chances), (share, letter)) in patterns.zip(shares) {
                        let mut residual = [0.0; W];
                        for lane in 0..W {
                            residual[lane] = share * chances[lane];
                        }
                        residual[*letter as usize] -= share;
                        for line in &lines[picks.clone()] {
                            let target = &mut gradient[usize::from(*line) - first];
                            for lane in 0..W {
                                target[lane] += residual[lane];
                            }
                        }
                    }
                },
            );
        });
    }

    /// Slope and curvature in t of the mean cost Σ_μ (w_μ / Σ w) (ln Σ_a e^{H(a)} − H(ξ)) where fields move along
    /// `direction` and the letters have the `chances` they have there.
    pub(super) fn slopes<const W: usize>(
        &self,
        chances: &[Line<W>],
        direction: &[Line<W>],
        letters: &[i8],
    ) -> (f64, f64) {
        let pieces = chances
            .par_chunks(PATTERNS)
            .zip(direction.par_chunks(PATTERNS));
        let shares = self
            .shares
            .par_chunks(PATTERNS)
            .zip(letters.par_chunks(PATTERNS));
        let slopes = pieces
            .zip(shares)
            .map(|((chances, direction), (shares, letters))| {
                let patterns = chances.iter().zip(direction);
                let shares = shares.iter().zip(letters);
                widest(
                    #[inline(always)]
                    || {
                        let (mut first, mut second) = (0.0, 0.0);
                        for ((chances, direction), (share, letter)) in patterns.zip(shares) {
                            let (mut mean, mut square) = ([0.0; W], [0.0; W]);
                            for lane in 0..W {
                                mean[lane] = chances[lane] * direction[lane];
                                square[lane] = mean[lane] * direction[lane];
                            }
                            let (mean, square) = (total(&mean), total(&square));
                            let slope = mean - direction[*letter as usize];
                            first += f64::from(*share) * f64::from(slope);
                            second +=
                                f64::from(*share) * f64::from((square - mean * mean).max(0.0));
                        }
                        (first, second)
                    },
                )
            });
        let slopes: Vec<(f64, f64)> = slopes.collect();
        let sum = |sum: (f64, f64), one: (f64, f64)| (sum.0 + one.0, sum.1 + one.1);
        slopes.into_iter().fold((0.0, 0.0), sum)
    }

    /// The mean cost where fields are `fields`.
    pub(super) fn cost<const W: usize>(&self, fields: &[Line<W>], letters: &[i8]) -> f64 {
        let of_pattern = |(field, (share, letter)): (&Line<W>, (&f32, &i8))| {
            let live = &field[..self.n_letters];
            let largest = live.iter().copied().fold(f32::MIN, f32::max);
            let sum: f64 = live
                .iter()
                .map(|field| libm::exp(f64::from(field - largest)))
                .sum();
            f64::from(*share) * (libm::log(sum) + f64::from(largest - live[*letter as usize]))
        };
        let pieces = fields.par_chunks(PATTERNS);
        let shares = self
            .shares
            .par_chunks(PATTERNS)
            .zip(letters.par_chunks(PATTERNS));
        let costs = pieces.zip(shares).map(|(fields, (shares, letters))| {
            let patterns = fields.iter().zip(shares.iter().zip(letters));
            patterns.map(of_pattern).sum::<f64>()
        });
        costs.collect::<Vec<f64>>().into_iter().sum()
    }
}

/// P(a) ∝ e^{H(a)} of the first `n_letters` lanes where fields are H + t d, for all patterns.
pub(super) fn chances<const W: usize>(
    fields: &[Line<W>],
    direction: &[Line<W>],
    t: f32,
    n_letters: usize,
    into: &mut [Line<W>],
) {
    let (mut bar, mut live) = ([NEVER; W], [0.0; W]);
    bar[..n_letters].fill(0.0);
    live[..n_letters].fill(1.0);
    let pieces = fields
        .par_chunks(PATTERNS)
        .zip(direction.par_chunks(PATTERNS));
    let pieces = pieces.zip(into.par_chunks_mut(PATTERNS));
    pieces.for_each(|((fields, direction), into)| {
        let patterns = fields.iter().zip(direction).zip(into);
        widest(
            #[inline(always)]
            || {
                for ((field, direction), into) in patterns {
                    let mut line = [0.0; W];
                    for lane in 0..W {
                        line[lane] = fused(t, direction[lane], field[lane]) + bar[lane];
                    }
                    let largest = largest(&line);
                    for lane in 0..W {
                        line[lane] = live[lane] * exp_below_zero(line[lane] - largest);
                    }
                    let scale = 1.0 / total(&line);
                    for lane in 0..W {
                        into[lane] = line[lane] * scale;
                    }
                }
            },
        );
    });
}

/// The sum of the lines that `picks` picks.
#[inline(always)]
fn sum_of_lines<const W: usize>(table: &[Line<W>], picks: &[u16]) -> Line<W> {
    let mut sums = [[0.0; W]; SUMS];
    let (fours, rest) = picks.as_chunks::<SUMS>();
    for four in fours {
        for (sum, pick) in sums.iter_mut().zip(four) {
            add(sum, &table[usize::from(*pick)]);
        }
    }
    for (sum, pick) in sums.iter_mut().zip(rest) {
        add(sum, &table[usize::from(*pick)]);
    }
    let [mut a, mut b, c, d] = sums;
    add(&mut a, &c);
    add(&mut b, &d);
    add(&mut a, &b);
    a
}

#[inline(always)]
fn add<const W: usize>(target: &mut Line<W>, other: &Line<W>) {
    for lane in 0..W {
        target[lane] += other[lane];
    }
}

/// The sum of all lanes, eight side by side first.
#[inline(always)]
fn total<const W: usize>(line: &Line<W>) -> f32 {
    let mut sums = [0.0; 8];
    for eight in line.as_chunks::<8>().0 {
        for lane in 0..8 {
            sums[lane] += eight[lane];
        }
    }
    let [a, b, c, d, e, f, g, h] = sums;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

#[inline(always)]
fn largest<const W: usize>(line: &Line<W>) -> f32 {
    let mut most = [f32::MIN; 8];
    for eight in line.as_chunks::<8>().0 {
        for lane in 0..8 {
            most[lane] = most[lane].max(eight[lane]);
        }
    }
    most.into_iter().fold(f32::MIN, f32::max)
}
