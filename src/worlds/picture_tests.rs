//! Tests of pictures: however a digit comes, the state is nearly the same; whatever is no picture is refused.

use super::*;
use image::{
    ExtendedColorType, ImageEncoder as _, codecs::jpeg::JpegEncoder, codecs::png::PngEncoder,
};
use proptest::prelude::*;

fn png(width: u32, height: u32, color: ExtendedColorType, pixels: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(pixels, width, height, color)
        .expect("a vector takes everything");
    bytes
}

/// Ink from 0 to 1 of a four-like drawing, for x and y from 0 to 1.
fn drawing(x: f64, y: f64) -> f64 {
    let near = |ax: f64, ay: f64, bx: f64, by: f64| {
        let (dx, dy) = (bx - ax, by - ay);
        let along = (((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
        (x - ax - along * dx).hypot(y - ay - along * dy)
    };
    let distance = near(0.1, 0.0, 0.0, 0.55)
        .min(near(0.0, 0.55, 0.7, 0.55))
        .min(near(0.6, 0.0, 0.5, 1.0));
    if distance < 0.07 { 1.0 } else { 0.0 }
}

/// The drawing, `side` pixels high from `top` and `left`, as ink of each pixel, anti-aliased by 4 × 4 samples.
fn inked(width: u32, height: u32, left: f64, top: f64, side: f64) -> Vec<f64> {
    (0..height)
        .flat_map(|row| (0..width).map(move |column| (row, column)))
        .map(|(row, column)| {
            let samples = (0..16).map(|sample| {
                let x = f64::from(column) + (f64::from(sample % 4) + 0.5) / 4.0;
                let y = f64::from(row) + (f64::from(sample / 4) + 0.5) / 4.0;
                drawing((x - left) / side, (y - top) / side)
            });
            samples.sum::<f64>() / 16.0
        })
        .collect()
}

fn shade(ink: f64, paper: f64, full: f64) -> u8 {
    (paper + ink * (full - paper)).round() as u8
}

#[test]
fn however_a_digit_comes_the_state_is_nearly_the_same() {
    let large = inked(640, 480, 200.0, 60.0, 360.0);
    let dark_on_light: Vec<u8> = large
        .iter()
        .flat_map(|ink| {
            [
                shade(*ink, 250.0, 20.0),
                shade(*ink, 244.0, 30.0),
                shade(*ink, 230.0, 90.0),
            ]
        })
        .collect();
    let small = inked(64, 60, 11.0, 9.0, 40.0);
    let light_on_dark: Vec<u8> = small.iter().map(|ink| shade(*ink, 15.0, 240.0)).collect();
    let medium = inked(300, 300, 20.0, 150.0, 120.0);
    let black_on_nothing: Vec<u8> = medium
        .iter()
        .flat_map(|ink| [0, 0, 0, shade(*ink, 0.0, 255.0)])
        .collect();
    let white_on_nothing: Vec<u8> = medium
        .iter()
        .flat_map(|ink| [255, shade(*ink, 0.0, 255.0)])
        .collect();
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 70)
        .write_image(&dark_on_light, 640, 480, ExtendedColorType::Rgb8)
        .unwrap();
    let pictures = [
        (png(640, 480, ExtendedColorType::Rgb8, &dark_on_light), true),
        (png(64, 60, ExtendedColorType::L8, &light_on_dark), false),
        (
            png(300, 300, ExtendedColorType::Rgba8, &black_on_nothing),
            true,
        ),
        (
            png(300, 300, ExtendedColorType::La8, &white_on_nothing),
            false,
        ),
        (jpeg, true),
    ];
    for size in Size::ALL {
        let first = read(&pictures[0].0).unwrap().state(size, 86);
        assert!(first.units().contains(&1) && first.units().contains(&-1));
        for (number, (bytes, inverted)) in pictures.iter().enumerate() {
            let picture = read(bytes).unwrap();
            assert_eq!(picture.inverted(), *inverted, "picture {number}");
            let overlap = picture.state(size, 86).overlap(&first);
            assert!(overlap > 0.9, "picture {number} at {size}: {overlap}");
        }
    }
    let picture = read(&pictures[0].0).unwrap();
    assert_eq!(picture.came_as(), (640, 480));
}

#[test]
fn a_test_digit_read_back_is_itself() {
    let mnist = Mnist::load(Size::Full28).expect("they are built in");
    let mut mean = 0.0;
    for index in 0..200 {
        let image = mnist.test().image(index);
        let picture = read(&png(28, 28, ExtendedColorType::L8, image)).unwrap();
        assert!(!picture.inverted(), "test digit {index}");
        let overlap = picture
            .state(Size::Full28, 86)
            .overlap(&Mnist::threshold(image, 86));
        assert!(overlap > 0.9, "test digit {index}: {overlap}");
        mean += overlap / 200.0;
    }
    assert!(mean > 0.97, "{mean}");
}

#[test]
fn the_ink_can_be_said() {
    let light = inked(60, 60, 10.0, 10.0, 40.0);
    let bytes: Vec<u8> = light.iter().map(|ink| shade(*ink, 20.0, 220.0)).collect();
    let bytes = png(60, 60, ExtendedColorType::L8, &bytes);
    assert_eq!(
        read_with(&bytes, Ink::Light).unwrap(),
        read(&bytes).unwrap()
    );
    assert_eq!(
        read_with(&bytes, Ink::Dark).unwrap_err().to_string(),
        "a picture of a digit needs ink that differs from its edge, but this one has none darker"
    );
}

fn refusal(bytes: &[u8]) -> String {
    read(bytes).expect_err("refused").to_string()
}

#[test]
fn what_is_no_picture_of_a_digit_is_refused() {
    let contrast =
        "a picture of a digit needs light and dark at least 16 of 255 apart, but this one is ";
    for (width, gray) in [(1, 0), (9, 77), (300, 255)] {
        let flat = vec![gray; (width * width) as usize];
        let flat = png(width, width, ExtendedColorType::L8, &flat);
        assert_eq!(
            refusal(&flat),
            format!("{contrast}{gray} at its darkest and {gray} at its lightest")
        );
    }
    assert!(refusal(&png(2, 1, ExtendedColorType::La8, &[0, 0, 9, 0])).starts_with(contrast));
    let kinds =
        "a picture must be PNG (it starts with 89 50 4e 47) or JPEG (ff d8 ff), but this file ";
    assert_eq!(
        refusal(b"GIF89a"),
        format!("{kinds}starts with 47 49 46 38")
    );
    assert_eq!(refusal(b""), format!("{kinds}is empty"));
}

#[test]
fn a_broken_or_boundless_picture_is_refused() {
    let whole: Vec<u8> = inked(60, 60, 10.0, 10.0, 40.0)
        .iter()
        .map(|ink| shade(*ink, 20.0, 220.0))
        .collect();
    let mut bytes = png(60, 60, ExtendedColorType::L8, &whole);
    for length in [4, 20, 40, bytes.len() / 2] {
        let sentence = refusal(&bytes[..length]);
        assert!(
            sentence
                .starts_with("the file starts as a PNG picture does, but it cannot be decoded: "),
            "{sentence}"
        );
    }
    let mut jpeg = Vec::new();
    JpegEncoder::new(&mut jpeg)
        .write_image(&whole, 60, 60, ExtendedColorType::L8)
        .unwrap();
    assert!(refusal(&jpeg[..30]).starts_with("the file starts as a JPEG picture does, but"));
    // The header of the PNG is made to promise 65,000 × 65,000, with the checksum to match.
    bytes[16..20].copy_from_slice(&65_000_u32.to_be_bytes());
    bytes[20..24].copy_from_slice(&65_000_u32.to_be_bytes());
    let mut checksum = flate2::Crc::new();
    checksum.update(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&checksum.sum().to_be_bytes());
    assert_eq!(
        refusal(&bytes),
        "a picture may have 20000 pixels a side and take 512 MiB, but this one has 65000 × 65000 and takes 4029 MiB"
    );
}

#[test]
fn a_picture_larger_than_its_file_can_say_is_refused() {
    let white = |side: u32| {
        png(
            side,
            side,
            ExtendedColorType::L8,
            &vec![255; (side * side) as usize],
        )
    };
    // A blank picture is the densest there is, and is read as far as that goes.
    let blank = white(4000);
    assert!(blank.len() * 1032 > 16_000_000 && decode(&blank).is_ok());
    let mut forged = white(8);
    forged[16..20].copy_from_slice(&10_000_u32.to_be_bytes());
    forged[20..24].copy_from_slice(&10_000_u32.to_be_bytes());
    let mut checksum = flate2::Crc::new();
    checksum.update(&forged[12..29]);
    forged[29..33].copy_from_slice(&checksum.sum().to_be_bytes());
    let length = forged.len();
    assert_eq!(
        refusal(&forged),
        format!(
            "a picture in a file of {length} bytes has at most {} pixels, but this one claims 10000 × 10000",
            8256 * length
        )
    );
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 1)
        .write_image(&vec![255; 1 << 24], 4096, 4096, ExtendedColorType::L8)
        .unwrap();
    assert!(decode(&jpeg).is_ok());
    // The start of the frame: marker, length, precision, height, width.
    let frame = jpeg.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
    let scan = jpeg.windows(2).position(|two| two == [0xff, 0xda]).unwrap();
    assert!(frame < scan);
    let cut = &jpeg[..scan + 100];
    assert_eq!(
        refusal(cut),
        format!(
            "a picture in a file of {} bytes has at most {} pixels, but this one claims 4096 × 4096",
            cut.len(),
            512 * cut.len()
        )
    );
}

/// Whether the bytes are taken or refused in one line without a full stop.
fn spoken<T>(read: &Result<T, Error>) -> bool {
    read.as_ref().err().is_none_or(|why| {
        let sentence = why.to_string();
        !sentence.contains('\n') && !sentence.ends_with('.')
    })
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), place in 0..400_usize) {
        prop_assert!(spoken(&read(&bytes)));
        prop_assert!(spoken(&read(&[&[0xff, 0xd8, 0xff][..], &bytes].concat())));
        let mut corrupted = png(9, 9, ExtendedColorType::L8, &[&bytes[..], &[0; 81]].concat()[..81]);
        let place = place.min(corrupted.len() - 1);
        corrupted[place] = corrupted[place].wrapping_add(bytes.first().copied().unwrap_or(1));
        prop_assert!(spoken(&read(&corrupted)));
    }

    #[test]
    fn any_small_picture_gives_a_digit_or_a_sentence(width in 1..9_u32, height in 1..9_u32, pixels in proptest::collection::vec(any::<u8>(), 64), ink in prop_oneof![Just(Ink::Auto), Just(Ink::Dark), Just(Ink::Light)]) {
        let bytes = png(width, height, ExtendedColorType::L8, &pixels[..(width * height) as usize]);
        if let Ok(picture) = read_with(&bytes, ink) {
            prop_assert!(picture.gray().contains(&255));
            prop_assert_eq!(picture.state(Size::Crop14, 86).n_units(), 196);
        }
    }
}
