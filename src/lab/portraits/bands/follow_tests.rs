//! Tests of bands: attractors followed by hand.

use super::follow::BandMap;
use super::links::{Meeting, Met};
use super::{BandEnd, BandKind};
use crate::engine::patterns::{Grid, Patterns, State};

const N: usize = 20;

/// The first stored pattern, all up, with these units turned.
fn state(turned: &[usize]) -> State {
    State::from_fn(N, |unit| !turned.contains(&unit))
}

fn met(kind: BandKind, pattern: Option<usize>, share: f64, state: State) -> Met {
    Met {
        kind,
        pattern,
        share,
        state: Some(state),
        packed: None,
    }
}

/// Pattern 0 is all up, pattern 1 up in its first half, pattern 2 in its units of even number.
fn patterns() -> Patterns {
    let second: Vec<usize> = (N / 2..N).collect();
    let third: Vec<usize> = (1..N).step_by(2).collect();
    let states = [state(&[]), state(&second), state(&third)];
    Patterns::of_states(&states, Grid::near_square(N)).unwrap()
}

fn meeting(all: Vec<Met>) -> Meeting {
    Meeting::with(all, &patterns())
}

/// What the bands of each column add up to.
pub(super) fn sums(map: &BandMap, columns: usize) -> Vec<f64> {
    let sum = |column| map.bands.iter().map(|band| band.share(column)).sum();
    (0..columns).map(sum).collect()
}

/// Column 0: +0 and, at overlap 0.8 with it, an other state; pattern 2's negative. Column 1: both go into +0, which has
/// the name; the negative is no more; a new one is born. Column 2: +0 is not called so any more and goes on by its overlap.
#[test]
fn two_catalogues_are_followed_by_hand() {
    use BandKind::{Negative, Other, Stored};
    let odd: Vec<usize> = (0..N).step_by(2).collect();
    let half: Vec<usize> = (0..N / 2).collect();
    let columns = vec![
        meeting(vec![
            met(Other, None, 0.3, state(&[0, 1])),
            met(Stored, Some(0), 0.5, state(&[])),
            met(Negative, Some(2), 0.2, state(&odd)),
        ]),
        meeting(vec![
            met(Stored, Some(0), 0.9, state(&[0])),
            met(Other, None, 0.1, state(&half)),
        ]),
        Meeting::default(),
        meeting(vec![
            met(Other, None, 0.6, state(&[0, 1, 2])),
            met(Other, None, 0.4, state(&[half, vec![N - 1]].concat())),
        ]),
    ];
    let map = BandMap::of_meetings(columns);
    let told = map.bands.iter().map(|band| {
        let shares: Vec<f64> = (0..4).map(|column| band.share(column)).collect();
        (band.kind, band.pattern, band.born, shares, band.ends)
    });
    let told: Vec<_> = told.collect();
    let expected = [
        (Stored, Some(0), 0, vec![0.5, 0.9, 0.0, 0.6], BandEnd::Last),
        (
            Negative,
            Some(2),
            0,
            vec![0.2, 0.0, 0.0, 0.0],
            BandEnd::Vanished,
        ),
        (
            Other,
            None,
            0,
            vec![0.3, 0.0, 0.0, 0.0],
            BandEnd::MergedInto(0),
        ),
        (Other, None, 1, vec![0.0, 0.1, 0.0, 0.4], BandEnd::Last),
    ];
    assert_eq!(told, expected);
    assert_eq!(sums(&map, 4), [1.0, 1.0, 0.0, 1.0]);
    let first = &map.bands[0];
    let place = first.places[3].as_ref().unwrap();
    assert_eq!((place.kind, place.pattern), (Other, None));
    assert_eq!(place.state, Some(state(&[0, 1, 2])));
    assert_eq!((first.last(), map.bands[2].last()), (3, 0));
}

#[test]
fn the_largest_overlap_goes_on_and_a_name_goes_before_it() {
    use BandKind::{Other, Stored};
    // By overlap alone the second one is nearer; of two that are as near, the larger goes on, then the first.
    let before = |first: Met| {
        meeting(vec![
            first,
            met(Other, None, 0.25, state(&[0, 1])),
            met(Other, None, 0.5, state(&[0, 2])),
        ])
    };
    let after = |kind, pattern| meeting(vec![met(kind, pattern, 1.0, state(&[0]))]);
    let ends = |columns| {
        let map = BandMap::of_meetings(columns);
        let told = map.bands.iter().map(|band| (band.share(0), band.ends));
        told.collect::<Vec<_>>()
    };
    let columns = vec![
        before(met(Other, None, 0.25, state(&[5, 6]))),
        after(Other, None),
    ];
    assert_eq!(
        ends(columns),
        [
            (0.5, BandEnd::Last),
            (0.25, BandEnd::MergedInto(0)),
            (0.25, BandEnd::MergedInto(0))
        ]
    );
    let columns = vec![
        before(met(Stored, Some(0), 0.25, state(&[5, 6]))),
        after(Stored, Some(0)),
    ];
    assert_eq!(ends(columns)[0], (0.25, BandEnd::Last));
    // A pattern that is another one under the same number is not followed by name.
    let mut other = after(Stored, Some(1));
    other.stored = Meeting::with(Vec::new(), &patterns()).stored;
    let columns = vec![before(met(Stored, Some(1), 0.25, state(&[5, 6]))), other];
    assert_eq!(ends(columns)[0], (0.25, BandEnd::MergedInto(1)));
}

#[test]
fn small_attractors_are_left_together_by_kind_and_others_of_another_size_are_not_followed() {
    use BandKind::{Blend, Other, Unsettled};
    let small = |unit| met(Other, None, 0.004, state(&[unit, unit + 5, 11, 12, 13, 14]));
    let unsettled = Met {
        state: None,
        ..met(Unsettled, None, 0.5, state(&[]))
    };
    let first = meeting(vec![
        small(0),
        small(1),
        met(Blend, None, 0.492, state(&[])),
        unsettled,
    ]);
    let second = meeting(vec![met(Other, None, 1.0, state(&[0, 5, 11, 12, 13, 14]))]);
    let shorter = State::from_fn(N - 1, |_| true);
    let third = meeting(vec![met(Other, None, 1.0, shorter)]);
    let map = BandMap::of_meetings(vec![first, second, third]);
    let told = map.bands.iter().map(|band| {
        let shares: Vec<f64> = (0..3).map(|column| band.share(column)).collect();
        (band.kind, band.is_rest, shares, band.ends)
    });
    let told: Vec<_> = told.collect();
    let expected = [
        (Blend, false, vec![0.492, 0.0, 0.0], BandEnd::Vanished),
        // The first of the small ones is large further on.
        (Other, false, vec![0.004, 1.0, 0.0], BandEnd::Vanished),
        (Other, false, vec![0.0, 0.0, 1.0], BandEnd::Last),
        (Other, true, vec![0.004, 0.0, 0.0], BandEnd::Vanished),
        (Unsettled, true, vec![0.5, 0.0, 0.0], BandEnd::Vanished),
    ];
    assert_eq!(told, expected);
    assert!(map.bands[3].places[0].as_ref().unwrap().state.is_none());
}
