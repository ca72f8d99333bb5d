//! What is done to cues, by hand and by count.

use super::*;
use crate::engine::patterns::Letters;
use crate::engine::settings::tests::every_key_there_and_back;

const GRID: Grid = Grid::square(10);

fn corrupted(corruption: Corruption) -> State {
    corruption.check(GRID, Alphabet::Signs).unwrap();
    corruption.apply(&State::from_fn(100, |unit| unit % 3 == 0), GRID)
}

#[test]
fn flips_lower_the_overlap_by_exactly_twice_the_fraction() {
    let original = corrupted(Corruption::default());
    for fraction in [0.0, 0.1, 0.25, 0.5, 1.0] {
        let flip = Noise { fraction, seed: 3 };
        let state = corrupted(Corruption {
            flip,
            ..Corruption::default()
        });
        assert!((state.overlap(&original) - (1.0 - 2.0 * fraction)).abs() < 1e-12);
    }
}

#[test]
fn a_larger_fraction_keeps_the_units_of_a_smaller_one() {
    let few = Noise {
        fraction: 0.2,
        seed: 1,
    }
    .units(100, "flip");
    let many = Noise {
        fraction: 0.4,
        seed: 1,
    }
    .units(100, "flip");
    assert_eq!(few[..], many[..20]);
    assert_ne!(
        few,
        Noise {
            fraction: 0.2,
            seed: 2
        }
        .units(100, "flip")
    );
}

#[test]
fn areas_and_shifts_by_hand() {
    let original = State::from_signs(&[1, -1, -1, 1]);
    let grid = Grid::square(2);
    let apply = |corruption: Corruption| corruption.apply(&original, grid).units().to_vec();
    assert_eq!(
        apply(Corruption {
            shift: (1, 0),
            ..Default::default()
        }),
        [-1, 1, -1, -1]
    );
    assert_eq!(
        apply(Corruption {
            invert: true,
            ..Default::default()
        }),
        [-1, 1, 1, -1]
    );
    assert_eq!(
        apply(Corruption {
            half: Some(Half::Left),
            ..Default::default()
        }),
        [-1, -1, -1, 1]
    );
    let rectangle = Some(Rectangle {
        top: 1,
        left: 0,
        bottom: 1,
        right: 1,
    });
    assert_eq!(
        apply(Corruption {
            rectangle,
            ..Default::default()
        }),
        [1, -1, -1, -1]
    );
    let mask = Noise {
        fraction: 1.0,
        seed: 0,
    };
    assert_eq!(
        apply(Corruption {
            mask,
            ..Default::default()
        }),
        [-1; 4]
    );
}

#[test]
fn random_values_halve_the_touched_overlap() {
    let original = State::blank(10_000);
    let random = Noise {
        fraction: 0.6,
        seed: 5,
    };
    let state = Corruption {
        random,
        ..Default::default()
    }
    .apply(&original, Grid::square(100));
    // 1 − 0.6 on average; 6,000 coins give a standard error of 0.008
    assert!((state.overlap(&original) - 0.4).abs() < 0.03);
}

#[test]
fn seeds_alone_are_no_corruption_and_nonsense_is_refused() {
    assert!(
        Corruption {
            flip: Noise {
                fraction: 0.0,
                seed: 9
            },
            ..Default::default()
        }
        .is_none()
    );
    assert!(
        !Corruption {
            shift: (0, 1),
            ..Default::default()
        }
        .is_none()
    );
    let flip = Noise {
        fraction: f64::NAN,
        seed: 0,
    };
    let error = Corruption {
        flip,
        ..Default::default()
    }
    .check(GRID, Alphabet::Signs)
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "flip must be a number from 0 to 1, not NaN"
    );
    let rectangle = Some(Rectangle {
        top: 0,
        left: 0,
        bottom: 10,
        right: 2,
    });
    assert!(
        Corruption {
            rectangle,
            ..Default::default()
        }
        .check(GRID, Alphabet::Signs)
        .is_err()
    );
}

#[test]
fn letters_mutate_lose_letters_to_gaps_and_have_no_inverse() {
    let protein = Alphabet::Letters(Letters::PROTEIN);
    let original = State::filled(protein, 100, |unit| (unit % 21) as i8);
    let noise = |fraction| Noise { fraction, seed: 4 };
    for fraction in [0.0, 0.1, 0.37, 1.0] {
        let state = Corruption {
            flip: noise(fraction),
            ..Default::default()
        }
        .apply(&original, GRID);
        assert!((state.overlap(&original) - (1.0 - fraction)).abs() < 1e-12);
        let few = Corruption {
            flip: noise(0.5 * fraction),
            ..Default::default()
        };
        // What a smaller fraction mutates, a larger one mutates in the same way.
        let few = few.apply(&original, GRID);
        let mut sites = (0..100).filter(|unit| few.units()[*unit] != original.units()[*unit]);
        assert!(sites.all(|unit| few.units()[unit] == state.units()[unit]));
    }
    let masked = Corruption {
        mask: noise(0.3),
        half: Some(Half::Left),
        shift: (1, 0),
        ..Default::default()
    };
    let masked = masked.apply(&original, GRID);
    assert!((0..100).all(|unit| unit % 10 >= 5 || masked.units()[unit] == 20));
    assert!((0..100).any(|unit| masked.units()[unit] == original.units()[unit.max(1) - 1]));
    let random = Corruption {
        random: noise(1.0),
        ..Default::default()
    };
    assert!(!random.apply(&original, GRID).units().contains(&20));
    let invert = Corruption {
        invert: true,
        ..Default::default()
    };
    assert_eq!(
        invert.check(GRID, protein).unwrap_err().to_string(),
        "only units of ±1 can be inverted, but these are units of 21 letters"
    );
}

#[test]
fn every_setting_there_and_back() {
    let mut rng = stream(5, "settings of corruptions");
    for _ in 0..50 {
        every_key_there_and_back(&mut Corruption::default(), &mut rng);
    }
}

#[test]
fn what_contradicts_itself_is_refused_and_what_repeats_itself_is_not() {
    let refusal = |texts: &[&str]| {
        let refused = Corruption::parse(texts.iter().copied());
        refused.expect_err("refused").to_string()
    };
    assert_eq!(
        refusal(&["flip=0.1", "flip=0.2"]),
        "flip is given twice, as 0.1 and as 0.2"
    );
    assert_eq!(
        refusal(&["mask=0.1,mask=0.2"]),
        "mask is given twice, as 0.1 and as 0.2"
    );
    assert_eq!(
        refusal(&["right=2", "shift=1,0"]),
        "right is given twice, as 2 and as 1"
    );
    assert_eq!(
        refusal(&["flip=0.1", "none"]),
        "a corruption is given twice, as none and as flip=0.1"
    );
    assert!(refusal(&["flip=0.2,mask"]).contains("key=value"));
    let twice = Corruption::parse(["flip=0.2,mask=0.5", "flip=0.20", "shift=1,0", "right=1"]);
    let twice = twice.unwrap();
    assert_eq!((twice.flip.fraction, twice.shift), (0.2, (1, 0)));
    assert!(Corruption::parse(["none", "none"]).unwrap().is_none());
}
