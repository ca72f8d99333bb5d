//! One site's softmax regression on all others, by nonlinear conjugate gradients.
//!
//! Made small is F = Σ_μ (w_μ/Σw) (ln Σ_a e^{H^μ(a)} − H^μ(ξ)) + λ_J Σ_j Σ_ab J_j(a,b)² + λ_H Σ_a h(a)², which is
//! convex. Directions are those of gradients divided by about the curvature: for letter a, with f the shares of the
//! patterns that pick each line, it is 2 λ + c_a (diag(f − f²) + f fᵀ), as if sites were independent; the second part, of
//! rank one, is what would else slow everything down. Newton's steps find the way along a direction.

use super::one_hot::{Line, OneHot, chances};
use crate::engine::learning::pseudo_likelihood::logistic::{add_scaled, dot, turn_down};
use std::sync::Arc;

/// A line search ends at this share of the slope it began with.
const ENOUGH: f64 = 0.03;
/// Share of the curvature at independent sites that is left on the way, where letters have become likely.
const LEFT: f64 = 0.5;

/// What is to be reached.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    pub(super) lambda_j: f64,
    pub(super) lambda_h: f64,
    /// Norm of the gradient over its norm at 0 at which it ends.
    pub(super) tolerance: f64,
    /// Iterations at most.
    pub(super) iterations: u32,
}

/// What one site's learning amounts to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Fit {
    pub(super) iterations: u32,
    /// F at the end.
    pub(super) loss: f64,
    /// Square norm of the gradient at the end, and at 0.
    pub(super) squared_gradient: f64,
    pub(super) first: f64,
    /// Σ J².
    pub(super) squared_couplings: f64,
}

/// Learning of one site under way, however wide its lines.
pub(super) trait Descent: Send {
    /// One iteration; false if there was nothing left to do.
    fn advance(&mut self) -> bool;
    /// Begins anew with another site.
    fn restart(&mut self, site: usize);
    /// How it stands.
    fn fit(&self) -> Fit;
    /// H's share of each letter at each site, j q + b, and of the field, N q, for all letters a of this site.
    fn line(&self, line: usize) -> &[f32];
}

/// A descent with lines wide enough for the letters of `patterns`; `by_unit` is N × P.
pub(super) fn descent(
    patterns: Arc<OneHot>,
    by_unit: Arc<[i8]>,
    target: Target,
) -> Box<dyn Descent> {
    match patterns.n_letters.div_ceil(8) {
        1 => Box::new(Conjugate::<8>::new(patterns, by_unit, target)),
        2 => Box::new(Conjugate::<16>::new(patterns, by_unit, target)),
        3 => Box::new(Conjugate::<24>::new(patterns, by_unit, target)),
        _ => Box::new(Conjugate::<32>::new(patterns, by_unit, target)),
    }
}

struct Conjugate<const W: usize> {
    patterns: Arc<OneHot>,
    by_unit: Arc<[i8]>,
    target: Target,
    site: usize,
    table: Vec<Line<W>>,
    gradient: Vec<Line<W>>,
    direction: Vec<Line<W>>,
    fresh: Vec<Line<W>>,
    /// For every pattern.
    fields: Vec<Line<W>>,
    direction_fields: Vec<Line<W>>,
    chances: Vec<Line<W>>,
    /// Gradient times the gradient divided by the curvature.
    slope: f64,
    fit: Fit,
}

impl<const W: usize> Conjugate<W> {
    fn new(patterns: Arc<OneHot>, by_unit: Arc<[i8]>, target: Target) -> Self {
        let table = || vec![[0.0; W]; patterns.n_lines()];
        let lines = || vec![[0.0; W]; patterns.n_patterns()];
        let mut descent = Self {
            table: table(),
            gradient: table(),
            direction: table(),
            fresh: table(),
            fields: lines(),
            direction_fields: lines(),
            chances: lines(),
            patterns,
            by_unit,
            target,
            site: 0,
            slope: 0.0,
            fit: Fit::default(),
        };
        descent.restart(0);
        descent
    }

    fn letters(&self) -> &[i8] {
        let n_patterns = self.patterns.n_patterns();
        &self.by_unit[self.site * n_patterns..(self.site + 1) * n_patterns]
    }

    /// 2 λ of the couplings and of the fields.
    fn weights(&self) -> [f64; 2] {
        [2.0 * self.target.lambda_j, 2.0 * self.target.lambda_h]
    }

    /// The gradient at the table, from the chances there, into `fresh`.
    fn measure(&mut self) {
        let mut fresh = std::mem::take(&mut self.fresh);
        self.patterns
            .scatter(&self.chances, self.letters(), &mut fresh);
        let (q, site) = (self.patterns.n_letters, self.site);
        fresh[site * q..(site + 1) * q].fill([0.0; W]);
        let [couplings, fields] = self.weights();
        let (last, rest) = self.split(&self.table);
        let (fresh_rest, fresh_last) = fresh.as_flattened_mut().split_at_mut(rest.len());
        add_scaled(fresh_rest, couplings as f32, rest);
        add_scaled(fresh_last, fields as f32, last);
        self.fresh = fresh;
    }

    /// The line of the field, and all others.
    fn split<'a>(&self, table: &'a [Line<W>]) -> (&'a [f32], &'a [f32]) {
        let (rest, last) = table.split_at(self.patterns.n_lines() - 1);
        (last.as_flattened(), rest.as_flattened())
    }

    /// Σ 2 λ a b over couplings and fields.
    fn penalty(&self, a: &[Line<W>], b: &[Line<W>]) -> f64 {
        let ((a_last, a_rest), (b_last, b_rest)) = (self.split(a), self.split(b));
        let [couplings, fields] = self.weights();
        couplings * dot(a_rest, b_rest) + fields * dot(a_last, b_last)
    }

    /// The gradient in `fresh` divided by about the curvature.
    fn scaled(&self) -> Vec<Line<W>> {
        let q = self.patterns.n_letters;
        let own = self.site * q..(self.site + 1) * q;
        let shares = &self.patterns.frequencies;
        let [couplings, fields] = self.weights();
        let (mut curvature, mut weighted, mut square) = ([0.0; W], [0.0; W], [0.0; W]);
        for (a, share) in shares[own.clone()].iter().enumerate() {
            let share = f64::from(*share);
            curvature[a] = (LEFT * share * (1.0 - share)).max(1e-6) as f32;
        }
        let inverse = |line: usize, a: usize| {
            let weight = if line + 1 == shares.len() {
                fields
            } else {
                couplings
            };
            1.0 / (weight as f32 + curvature[a] * shares[line] * (1.0 - shares[line]))
        };
        let mut scaled = self.fresh.clone();
        for (line, of_line) in scaled.iter_mut().enumerate() {
            if own.contains(&line) {
                continue;
            }
            for a in 0..q {
                let inverse = inverse(line, a);
                of_line[a] *= inverse;
                weighted[a] += shares[line] * of_line[a];
                square[a] += shares[line] * shares[line] * inverse;
            }
        }
        for a in 0..q {
            weighted[a] /= 1.0 / curvature[a] + square[a];
        }
        for (line, of_line) in scaled.iter_mut().enumerate() {
            if own.contains(&line) {
                continue;
            }
            for a in 0..q {
                of_line[a] -= shares[line] * inverse(line, a) * weighted[a];
            }
        }
        scaled
    }

    /// The next direction from the gradient in `fresh`, which becomes the gradient.
    fn turn(&mut self) {
        let scaled = self.scaled();
        let flat = |table: &[Line<W>]| table.as_flattened().to_vec();
        let fresh = flat(&self.fresh);
        let slope = dot(&fresh, scaled.as_flattened());
        let old = dot(self.gradient.as_flattened(), scaled.as_flattened());
        // Polak and Ribière; down the gradient where that would turn back.
        let beta = if self.slope > 0.0 {
            ((slope - old) / self.slope).max(0.0)
        } else {
            0.0
        };
        turn_down(
            self.direction.as_flattened_mut(),
            beta as f32,
            scaled.as_flattened(),
        );
        self.slope = slope;
        std::mem::swap(&mut self.gradient, &mut self.fresh);
        self.fit.squared_gradient = dot(self.gradient.as_flattened(), self.gradient.as_flattened());
    }

    /// The step along the direction; leaves the chances there.
    fn line_search(&mut self) -> f32 {
        let letters =
            &self.by_unit[self.site * self.patterns.n_patterns()..][..self.patterns.n_patterns()];
        let slope = self.penalty(&self.table, &self.direction);
        let bend = self.penalty(&self.direction, &self.direction);
        let mut at = self
            .patterns
            .slopes(&self.chances, &self.direction_fields, letters);
        let start = at.0 + slope;
        if start >= 0.0 || !start.is_finite() {
            return 0.0;
        }
        let (mut t, mut low, mut high) = (0.0, 0.0, f64::INFINITY);
        for _ in 0..30 {
            let first = at.0 + slope + bend * t;
            if first > 0.0 {
                high = t;
            } else {
                low = t;
            }
            let newton = t - first / (at.1 + bend);
            t = if newton > low && newton < high {
                newton
            } else if high.is_finite() {
                0.5 * (low + high)
            } else {
                return t as f32;
            };
            chances(
                &self.fields,
                &self.direction_fields,
                t as f32,
                self.patterns.n_letters,
                &mut self.chances,
            );
            at = self
                .patterns
                .slopes(&self.chances, &self.direction_fields, letters);
            if (at.0 + slope + bend * t).abs() <= ENOUGH * start.abs() {
                break;
            }
        }
        t as f32
    }
}

impl<const W: usize> Descent for Conjugate<W> {
    fn advance(&mut self) -> bool {
        let enough = self.target.tolerance.powi(2) * self.fit.first;
        let open = self.fit.squared_gradient > enough && self.fit.squared_gradient.is_finite();
        if !open || self.fit.iterations == self.target.iterations {
            return false;
        }
        self.patterns
            .gather(&self.direction, &mut self.direction_fields);
        let t = self.line_search();
        add_scaled(
            self.fields.as_flattened_mut(),
            t,
            self.direction_fields.as_flattened(),
        );
        add_scaled(
            self.table.as_flattened_mut(),
            t,
            self.direction.as_flattened(),
        );
        self.measure();
        self.turn();
        self.fit.iterations += 1;
        true
    }

    fn restart(&mut self, site: usize) {
        self.site = site;
        for table in [&mut self.table, &mut self.direction, &mut self.gradient] {
            table.fill([0.0; W]);
        }
        self.fields.fill([0.0; W]);
        self.direction_fields.fill([0.0; W]);
        self.slope = 0.0;
        chances(
            &self.fields,
            &self.direction_fields,
            0.0,
            self.patterns.n_letters,
            &mut self.chances,
        );
        self.fit = Fit::default();
        self.measure();
        self.turn();
        self.fit.first = self.fit.squared_gradient;
    }

    fn fit(&self) -> Fit {
        let (_, couplings) = self.split(&self.table);
        Fit {
            loss: self.patterns.cost(&self.fields, self.letters())
                + 0.5 * self.penalty(&self.table, &self.table),
            squared_couplings: dot(couplings, couplings),
            ..self.fit
        }
    }

    fn line(&self, line: usize) -> &[f32] {
        &self.table[line][..self.patterns.n_letters]
    }
}
