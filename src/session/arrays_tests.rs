//! Arrays of a session: named, shaped and written as NumPy has them, and read again to the same bits.

use super::*;
use crate::jobs::Workers;
use crate::session::Command;
use crate::session::plan_tests::finish;
use crate::trial::{Cue, Recipe, Start, TrackRecipe};
use crate::worlds::files::{File, Input, read_couplings, read_memory};
use crate::worlds::{Source, World};
use std::collections::BTreeMap;

/// A session of `world` with a track for each of `rules`, run to its end.
fn settled(world: &str, rules: &[&str]) -> Session {
    let track = |rule: &&str| TrackRecipe {
        rule: crate::engine::LearningRule::parse(rule).unwrap(),
        ..TrackRecipe::default()
    };
    let mut cue = Cue::new(Start::Stored(1));
    cue.corruption.flip.fraction = 0.3;
    let recipe = Recipe {
        world: World::parse(world).unwrap(),
        cue,
        tracks: rules.iter().map(track).collect(),
        ..Recipe::default()
    };
    let mut session = Session::new(recipe, Workers::Caller);
    finish(&mut session);
    session.apply(Command::Settle).unwrap();
    finish(&mut session);
    session
}

/// The files of an archive that stores them, by the local headers alone: name, header text and data of each array.
fn arrays(bytes: &[u8]) -> BTreeMap<String, (String, Vec<u8>)> {
    let (mut found, mut at) = (BTreeMap::new(), 0);
    while bytes[at..].starts_with(b"PK\x03\x04") {
        let small = |place: usize| {
            usize::from(u16::from_le_bytes(
                bytes[at + place..at + place + 2].try_into().unwrap(),
            ))
        };
        let size = u32::from_le_bytes(bytes[at + 18..at + 22].try_into().unwrap()) as usize;
        let name = String::from_utf8(bytes[at + 30..at + 30 + small(26)].to_vec()).unwrap();
        let start = at + 30 + small(26) + small(28);
        let array = &bytes[start..start + size];
        assert_eq!(array[..8], *b"\x93NUMPY\x01\x00", "{name}");
        let length = usize::from(u16::from_le_bytes([array[8], array[9]]));
        assert_eq!((10 + length) % 16, 0, "{name}: the data are aligned");
        let header = String::from_utf8(array[10..10 + length].to_vec()).unwrap();
        assert!(header.ends_with('\n'), "{name}");
        found.insert(name, (header, array[10 + length..].to_vec()));
        at = start + size;
    }
    found
}

fn says(header: &str, descr: &str, shape: &str) -> bool {
    let header = header.replace(' ', "");
    header.contains(&format!("'descr':'{descr}'"))
        && header.contains("'fortran_order':False")
        && header.contains(&format!("'shape':({shape},)"))
}

fn signs(units: &[i8]) -> Vec<u8> {
    units.iter().map(|unit| unit.cast_unsigned()).collect()
}

#[test]
fn patterns_states_and_couplings_are_written_as_numpy_has_them() {
    let session = settled("random:n=30,p=4", &["hebb", "pseudo-inverse"]);
    let arrays_of = session.arrays().unwrap();
    assert_eq!(arrays_of.left_out(), [""; 0]);
    let bytes = arrays_of.npz().unwrap();
    let found = arrays(&bytes);
    let names: Vec<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "J.npy",
            "J_B.npy",
            "cue.npy",
            "final.npy",
            "final_B.npy",
            "original.npy",
            "patterns.npy",
            "state.npy",
            "state_B.npy"
        ]
    );
    let patterns = session.patterns().unwrap();
    let (header, data) = &found["patterns.npy"];
    assert!(says(header, "|i1", "4,30"), "{header}");
    let rows = (0..4).flat_map(|pattern| signs(patterns.pattern(pattern)));
    assert_eq!(*data, rows.collect::<Vec<u8>>());
    let (header, data) = &found["original.npy"];
    assert!(says(header, "|i1", "30"), "{header}");
    assert_eq!(*data, signs(patterns.pattern(1)));
    assert_eq!(
        found["cue.npy"].1,
        signs(session.recording().unwrap().cue().units())
    );
    for (track, suffix) in ["", "_B"].into_iter().enumerate() {
        let recording = session.tracks()[track].recording().unwrap();
        let last = recording.state_at(recording.length());
        assert_eq!(
            found[&format!("final{suffix}.npy")].1,
            signs(last.units()),
            "{suffix}"
        );
        let (header, data) = &found[&format!("J{suffix}.npy")];
        assert!(says(header, "<f4", "30,30"), "{header}");
        let couplings = recording.memory().couplings().unwrap().to_array();
        let numbers = couplings.iter().flat_map(|number| number.to_le_bytes());
        assert_eq!(*data, numbers.collect::<Vec<u8>>(), "{suffix}");
    }
    // `engram relax --couplings` takes those of the first track, to the same bits.
    let first = session.recording().unwrap().memory();
    let read = read_couplings(&bytes).unwrap().couplings;
    assert_eq!(
        read.to_array(),
        first.couplings().unwrap().to_array(),
        "to the same bits"
    );
}

#[test]
fn open_patterns_finds_them_and_says_what_it_leaves_out() {
    let session = settled("mnist:p=12", &["hebb"]);
    let file = File {
        name: "arrays.npz".to_owned(),
        bytes: session.arrays().unwrap().npz().unwrap().into(),
    };
    let input = Input::new("arrays.npz", vec![file]).unwrap();
    let mut world = World::of_files(Arc::new(input));
    world.set("p", 12.0).unwrap();
    world.set("held-out", 0.0).unwrap();
    let source = Source::prepare(&world, 7).unwrap();
    let stored = source.stored().unwrap();
    let original = session.patterns().unwrap();
    assert_eq!(stored.patterns.grid(), original.grid());
    // Files are dealt by class: each pattern comes back, with its label.
    for pattern in 0..12 {
        let same = (0..12).find(|other| {
            stored.patterns.pattern(*other) == original.pattern(pattern)
                && stored.patterns.label(*other) == original.label(pattern)
        });
        assert!(same.is_some(), "pattern {pattern}");
    }
}

#[test]
fn letters_are_counted_from_zero_and_their_couplings_come_back() {
    let session = settled("protein:p=5", &["potts-hebb"]);
    let bytes = session.arrays().unwrap().npz().unwrap();
    let found = arrays(&bytes);
    let patterns = session.patterns().unwrap();
    let (_, data) = &found["patterns.npy"];
    assert!(data.iter().all(|letter| *letter < 21));
    assert_eq!(data[..patterns.n_units()], signs(patterns.pattern(0)));
    let (memory, _) = read_memory(&bytes).unwrap();
    assert!(memory == **session.recording().unwrap().memory());
}

#[test]
fn a_memory_without_couplings_says_so_and_continuous_states_are_numbers() {
    let session = settled("random:n=30,p=4", &["dense:n=3", "hebb"]);
    let arrays_of = session.arrays().unwrap();
    let [said] = arrays_of.left_out() else {
        panic!("{:?}", arrays_of.left_out());
    };
    assert!(
        said.starts_with("couplings of track A: this memory has none"),
        "{said}"
    );
    let found = arrays(&arrays_of.npz().unwrap());
    assert!(!found.contains_key("J.npy") && found.contains_key("J_B.npy"));
    let units = Units::Graded(vec![0.5, -1.0]).written();
    assert_eq!(units[units.len() - 8..], [0, 0, 0, 63, 0, 0, 128, 191]);
}

#[test]
fn what_an_archive_does_not_hold_is_refused_before_it_is_made() {
    let session = settled("random:n=30,p=4", &["hebb"]);
    let mut arrays_of = session.arrays().unwrap();
    assert_eq!(arrays_of.check_size(), Ok(()));
    // Two thousand times a memory of 2 MiB.
    let rows = ndarray::Array2::from_elem((1, 724), 1);
    let grid = crate::engine::Grid::near_square(724);
    let patterns = Arc::new(Patterns::new(rows, grid, None).unwrap());
    let of = crate::engine::LearningRule::parse("hebb").unwrap();
    arrays_of.tracks[0].memory = Arc::new(of.learn(Arc::clone(&patterns), 1).unwrap());
    arrays_of.patterns = patterns;
    assert_eq!(arrays_of.check_size(), Ok(()));
    arrays_of.tracks = vec![arrays_of.tracks[0].clone(); 2_060];
    let said = arrays_of.check_size().unwrap_err().to_string();
    assert!(said.contains("bytes of an archive must be"), "{said}");
    let nothing = Session::new(Recipe::default(), Workers::Caller);
    let said = nothing.arrays().unwrap_err().to_string();
    assert!(said.contains("wait until it is"), "{said}");
}

#[test]
fn labels_that_are_no_numbers_are_written_as_text() {
    let bytes = npy::write_labels(&["3", "-1", "12"]);
    let numbers: [i32; 3] = [3, -1, 12];
    let data: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
    assert!(String::from_utf8_lossy(&bytes).contains("'<i4'"));
    assert_eq!(bytes[bytes.len() - 12..], data);
    let bytes = npy::write_labels(&["A", "zwölf", "007"]);
    let head = String::from_utf8_lossy(&bytes[10..]);
    assert!(
        head.starts_with("{'descr': '<U5', 'fortran_order': False, 'shape': (3,), }"),
        "{head}"
    );
    let data = &bytes[bytes.len() - 60..];
    assert_eq!((bytes.len() - 60) % 64, 0);
    let texts: Vec<String> = data
        .chunks(20)
        .map(|text| {
            let points = text
                .chunks(4)
                .map(|point| u32::from_le_bytes(point.try_into().unwrap()));
            let points = points
                .filter(|point| *point != 0)
                .filter_map(char::from_u32);
            points.collect()
        })
        .collect();
    assert_eq!(texts, ["A", "zwölf", "007"]);
}
