//! Saved SVG files drawn by a renderer of its own (`resvg`, which follows the standard as browsers do) and held against
//! our PNG of the same figure: what is saved looks alike whichever format was chosen.
//!
//! The renderer is given the window's letters and no others, so that the pictures are the same on every machine.

use super::{examples, pixels, svg};
use crate::engine::patterns::Letters;
use crate::engine::{Grid, State};
use crate::figures::{Bond, CellMark, Figure, Hue, Mark, Mosaic, Role, Squares, Tile, TileKind};
use image::RgbaImage;
use resvg::{tiny_skia, usvg};
use std::sync::Arc;

/// A pixel differs where one of its parts does by more than this, of 255: edges are smoothed in many ways.
const PART: u8 = 48;

/// Pixels of a thousand that may differ: those at the edges of letters, which the renderer moves closer together where its
/// font says so.
const PER_MILLE: f64 = 4.0;

/// The same where numbers on a grid are drawn: squares have no soft edges.
const PER_MILLE_OF_SQUARES: f64 = 2.0;

/// An SVG as pixels, two to a point.
fn rendered(svg: &str) -> RgbaImage {
    let mut fonts = usvg::fontdb::Database::new();
    fonts.load_font_data(epaint_default_fonts::UBUNTU_LIGHT.to_vec());
    fonts.load_font_data(epaint_default_fonts::HACK_REGULAR.to_vec());
    let options = usvg::Options {
        fontdb: Arc::new(fonts),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options).expect("the SVG can be read");
    let size = tree.size().to_int_size();
    let (width, height) = (2 * size.width(), 2 * size.height());
    let mut page = tiny_skia::Pixmap::new(width, height).expect("there is memory");
    let twice = tiny_skia::Transform::from_scale(2.0, 2.0);
    resvg::render(&tree, twice, &mut page.as_mut());
    RgbaImage::from_raw(width, height, page.take()).expect("there are as many")
}

/// How many pixels of a thousand differ.
fn difference(a: &RgbaImage, b: &RgbaImage) -> f64 {
    assert_eq!(a.dimensions(), b.dimensions());
    let differ = |(a, b): &(&image::Rgba<u8>, &image::Rgba<u8>)| {
        let mut parts = a.0.iter().zip(&b.0);
        parts.any(|(a, b)| a.abs_diff(*b) > PART)
    };
    let count = a.pixels().zip(b.pixels()).filter(differ).count();
    1000.0 * count as f64 / a.pixels().len() as f64
}

/// Two halves of a square, one of them striped.
fn mosaic() -> Figure {
    let side = 32;
    let tile = |place: usize| {
        let right = usize::from(place % side >= side / 2);
        Some(Tile {
            kind: right,
            sweeps: 1 + (place / side) as u64,
            cycle: 1 + right as u64,
        })
    };
    let kind = |name: &str, place| TileKind {
        label: format!("+{place}"),
        name: name.to_owned(),
        hue: Hue::Basin(place),
        count: side * side / 2,
    };
    let mut figure = examples::curves();
    figure.mosaic = Some(Mosaic {
        side,
        tiles: (0..side * side).map(tile).collect(),
        longest: side as u64,
        kinds: vec![kind("pattern 0", 0), kind("pattern 1", 1)],
        heights: Vec::new(),
        around: vec![("0".to_owned(), [-1.0, 0.0]), ("1".to_owned(), [1.0, 0.0])],
    });
    figure
}

/// A state with marks, one with bonds, a row of signed numbers, letters, and a matrix with more columns than the page
/// has pixels for.
fn squares() -> [Figure; 5] {
    let grid = Grid::square(28);
    let state = State::from_fn(784, |unit| unit % 7 < 3);
    let mark = |unit: usize| CellMark {
        changed: unit.is_multiple_of(11),
        wrong: unit.is_multiple_of(13),
    };
    let marked = Squares::state(grid, &state, None).marked((0..784).map(mark).collect());
    let bond = |unit: usize| (unit, unit + 28, (unit as f32 * 0.7).cos());
    let bonds: Vec<Bond> = (0..756).step_by(3).map(bond).collect();
    let bonded = Squares::state(grid, &state, None).bonded(&bonds);
    let values: Vec<f32> = (0..784).map(|unit| (unit as f32 * 0.37).sin()).collect();
    let letters = Letters::plain(4).expect("four are few");
    let sequence: Vec<i8> = (0..24).map(|site| site % 4).collect();
    let sequence = State::from_letters(&sequence, letters).expect("they are of four");
    let smooth = |(i, j): (usize, usize)| ((i as f32 + 2.0 * j as f32) * 0.003).sin();
    let matrix = ndarray::Array2::from_shape_fn((900, 900), smooth);
    [
        marked.figure("State"),
        bonded.figure("Spins and bonds"),
        Squares::signed(grid, &values, None).figure("Local fields"),
        Squares::state(Grid::new(3, 8), &sequence, None).figure("Sequence"),
        Squares::matrix(&matrix, 1.0, ["i", "j"]).figure("Couplings J"),
    ]
}

#[test]
fn an_svg_looks_like_the_png_of_the_same_figure() {
    let charts = [
        examples::curves(),
        examples::map(),
        examples::bars(),
        mosaic(),
    ];
    let charts = charts.map(|figure| (figure, PER_MILLE));
    let squares = squares().map(|figure| (figure, PER_MILLE_OF_SQUARES));
    for (figure, most) in charts.into_iter().chain(squares) {
        let ours = pixels(&figure).expect("it can be drawn");
        let drawn = rendered(&svg(&figure));
        let differ = difference(&drawn, &ours);
        assert!(differ <= most, "{}: {differ:.2} of 1000", figure.title);
    }
}

#[test]
fn a_dot_that_has_moved_is_seen() {
    let figure = examples::curves();
    let ours = pixels(&figure).expect("it can be drawn");
    let mut other = figure.clone();
    let last = other.marks.len() - 1;
    other.marks[last] = Mark::Dot([1.0, 0.5], Role::Blue);
    let least = difference(&rendered(&svg(&figure)), &ours);
    let more = difference(&rendered(&svg(&other)), &ours);
    assert!(more > least + 0.1, "{more} against {least}");
    // A curve that has moved by three points is beyond what is let pass.
    let mut moved = figure.clone();
    moved.up.range[1] += 0.02;
    let more = difference(&rendered(&svg(&moved)), &ours);
    assert!(more > PER_MILLE, "{more}");
}
