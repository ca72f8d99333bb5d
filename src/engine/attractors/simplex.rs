//! How much of each of three states is in a fourth: weights that are not negative and sum to 1, by least squares.
//!
//! Likeness is a product of vectors: the overlap of signs; of letters the share of equal ones, so scaled that equal
//! states have 1 and chance has 0. The nearest point of the triangle between the three is found exactly, face by face.

use crate::engine::patterns::{Alphabet, State};

/// Below this a face is as good as one of lower dimension.
const FLAT: f64 = 1e-12;

/// Whether two states have as many units, of as many letters.
pub(super) fn alike(a: &State, b: &State) -> bool {
    (a.n_units(), a.alphabet()) == (b.n_units(), b.alphabet())
}

/// 1 for equal states, about 0 for states without a relation: m of signs, (m − 1/q) / (1 − 1/q) of letters, q of them
/// without the gap.
pub(super) fn likeness(a: &State, b: &State) -> f64 {
    let overlap = a.overlap(b);
    match a.alphabet() {
        Alphabet::Signs => overlap,
        Alphabet::Letters(letters) => {
            let residues = letters.count() - usize::from(letters.gap().is_some());
            let chance = 1.0 / residues.max(2) as f64;
            (overlap - chance) / (1.0 - chance)
        }
    }
}

/// Weights w of three vectors, w ≥ 0 and Σ w = 1, that bring Σ w_k v_k nearest to a vector, and by how much that is nearer
/// than 0: w·G·w − 2 w·d, the smaller the better. G are the products of the three with each other, d those with the vector.
pub(super) fn nearest_weights(products: &[[f64; 3]; 3], with: &[f64; 3]) -> ([f64; 3], f64) {
    let rated = |weights: [f64; 3]| (weights, rating(products, with, &weights));
    if let Some(weights) = inside(products, with) {
        return rated(weights);
    }
    let edges = [(0, 1), (1, 2), (2, 0)].map(|(a, b)| rated(on_edge(products, with, a, b)));
    let better = |best: ([f64; 3], f64), next: ([f64; 3], f64)| {
        if next.1 < best.1 { next } else { best }
    };
    edges.into_iter().fold(edges[0], better)
}

fn rating(products: &[[f64; 3]; 3], with: &[f64; 3], weights: &[f64; 3]) -> f64 {
    let rows = products.iter().zip(weights).zip(with);
    let terms = rows.map(|((row, weight), with)| {
        let along: f64 = row.iter().zip(weights).map(|(g, w)| g * w).sum();
        weight * (along - 2.0 * with)
    });
    terms.sum()
}

/// The nearest point of the plane through all three, where it is between them.
fn inside(products: &[[f64; 3]; 3], with: &[f64; 3]) -> Option<[f64; 3]> {
    let g = products;
    let product = |a: usize, b: usize| g[a][b] - g[a][0] - g[0][b] + g[0][0];
    let along = |a: usize| with[a] - with[0] - g[a][0] + g[0][0];
    let [one, both, two] = [product(1, 1), product(1, 2), product(2, 2)];
    let area = one * two - both * both;
    if area <= FLAT {
        return None;
    }
    let p = (along(1) * two - along(2) * both) / area;
    let q = (along(2) * one - along(1) * both) / area;
    (p >= 0.0 && q >= 0.0 && p + q <= 1.0).then_some([1.0 - p - q, p, q])
}

/// The nearest point between vectors `a` and `b`.
fn on_edge(products: &[[f64; 3]; 3], with: &[f64; 3], a: usize, b: usize) -> [f64; 3] {
    let length = products[a][a] - 2.0 * products[a][b] + products[b][b];
    let along = with[b] - with[a] + products[a][a] - products[a][b];
    let share = if length > FLAT { along / length } else { 0.0 };
    let share = share.clamp(0.0, 1.0);
    let mut weights = [0.0; 3];
    weights[a] = 1.0 - share;
    weights[b] += share;
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::Letters;
    use crate::engine::rng::stream;
    use rand::RngExt as _;

    fn product(a: &[f64], b: &[f64]) -> f64 {
        a.iter().zip(b).map(|(a, b)| a * b).sum()
    }

    #[test]
    fn no_point_of_a_fine_net_is_nearer() {
        let mut rng = stream(4, "simplex test");
        for turn in 0..200 {
            let mut vectors: Vec<Vec<f64>> = (0..4)
                .map(|_| (0..5).map(|_| rng.random_range(-1.0..1.0)).collect())
                .collect();
            if turn % 5 == 0 {
                vectors[2] = vectors[0].clone();
            }
            let products = [0, 1, 2].map(|a| [0, 1, 2].map(|b| product(&vectors[a], &vectors[b])));
            let with = [0, 1, 2].map(|a| product(&vectors[a], &vectors[3]));
            let (weights, rate) = nearest_weights(&products, &with);
            assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            assert!(weights.iter().all(|weight| *weight >= 0.0));
            for p in 0..=40 {
                for q in 0..=40 - p {
                    let [p, q] = [p, q].map(|share| f64::from(share) / 40.0);
                    assert!(rate <= rating(&products, &with, &[1.0 - p - q, p, q]) + 1e-9);
                }
            }
        }
    }

    #[test]
    fn likeness_is_one_for_equals_and_none_for_chance() {
        let letters = Letters::plain(4).unwrap();
        let a = State::from_letters(&[0, 1, 2, 3], letters).unwrap();
        let b = State::from_letters(&[0, 2, 3, 1], letters).unwrap();
        assert_eq!((likeness(&a, &a), likeness(&a, &b)), (1.0, 0.0));
        let sign = State::from_signs(&[1, -1, 1, 1]);
        assert_eq!(likeness(&sign, &State::from_signs(&[1, -1, -1, -1])), 0.0);
    }
}
