//! Colours that stand for something are told apart by eyes that lack one kind of cone.

use super::{Palette, ramps};
use egui::Color32;

/// How eyes without one kind of cone see linear red, green and blue: Machado, Oliveira and Fernandes (2009), severity 1.
const VISIONS: [(&str, [[f32; 3]; 3]); 4] = [
    (
        "all cones",
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    ),
    (
        "no long ones",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "no middle ones",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "no short ones",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// Distance of two colours in Oklab (Ottosson 2020), as these eyes see them; 1 is from black to white.
fn distance(one: Color32, other: Color32, sees: &[[f32; 3]; 3]) -> f32 {
    let seen = |color: Color32| {
        let linear = ramps::linear_of(color);
        let seen = sees.map(|row| {
            let part: f32 = row.iter().zip(linear).map(|(a, b)| a * b).sum();
            part.clamp(0.0, 1.0)
        });
        ramps::oklab_of(seen)
    };
    let (one, other) = (seen(one), seen(other));
    let squares = one.iter().zip(other).map(|(a, b)| (a - b) * (a - b));
    squares.sum::<f32>().sqrt()
}

#[test]
fn the_ten_colours_of_basins_are_told_apart_and_neighbours_more_so() {
    for (name, sees) in &VISIONS {
        for one in 0..10 {
            for other in 0..one {
                let far = distance(Palette::basin(one), Palette::basin(other), sees);
                let is_near = one - other == 1 || one - other == 9;
                let least = if is_near { 0.17 } else { 0.1 };
                assert!(far > least, "{name}: {other} and {one} differ by {far:.3}");
            }
        }
    }
}

#[test]
fn the_two_signs_success_and_failure_are_told_apart() {
    for palette in Palette::all() {
        for (name, sees) in &VISIONS {
            let pairs = [
                (palette.blue, palette.orange),
                (palette.diverging(-0.7), palette.diverging(0.7)),
                (palette.ink, palette.paper),
            ];
            for (one, other) in pairs {
                let far = distance(one, other, sees);
                assert!(
                    far > 0.12,
                    "{name}: {one:?} and {other:?} differ by {far:.3}"
                );
            }
        }
    }
}
