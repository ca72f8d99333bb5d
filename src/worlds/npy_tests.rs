//! Tests of NumPy arrays in and out: types, orders, refusals, forged files.

use super::scalars::half;
use super::*;
use ndarray::array;
use proptest::prelude::*;

/// A version 1 file as NumPy writes it, with this type, order and shape.
fn file(descr: &str, fortran: bool, shape: &str, data: &[u8]) -> Vec<u8> {
    let fortran = if fortran { "True" } else { "False" };
    let text = format!("{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}");
    forged(&text, data)
}

/// A version 1 file with any text for a header.
fn forged(text: &str, data: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    let length = u16::try_from(text.len() + 1).expect("a short header");
    bytes.extend(length.to_le_bytes());
    bytes.extend(text.as_bytes());
    bytes.push(b'\n');
    bytes.extend(data);
    bytes
}

fn patterns_refusal(bytes: &[u8]) -> String {
    read_patterns(bytes).expect_err("refused").to_string()
}

fn couplings_refusal(bytes: &[u8]) -> String {
    read_couplings(bytes).expect_err("refused").to_string()
}

#[test]
fn every_type_and_byte_order_is_read() {
    let one = array![[1, -1]];
    let both = |little: &[u8], big: &[u8], name: &str| {
        for (order, data) in [('<', little), ('>', big)] {
            let bytes = file(&format!("{order}{name}"), false, "(1, 2)", data);
            assert_eq!(
                read_patterns(&bytes).expect("well formed"),
                one,
                "{order}{name}"
            );
        }
    };
    assert_eq!(
        read_patterns(&file("|i1", false, "(1, 2)", &[1, 255])).unwrap(),
        one
    );
    macro_rules! numbers {
        ($($number:ty: $name:expr),*) => {$(
            let [plus, minus] = [1_i8, -1].map(<$number>::from);
            both(
                &[plus.to_le_bytes(), minus.to_le_bytes()].concat(),
                &[plus.to_be_bytes(), minus.to_be_bytes()].concat(),
                $name,
            );
        )*};
    }
    numbers!(i16: "i2", i32: "i4", i64: "i8", f32: "f4", f64: "f8");
    both(&[0, 0x3c, 0, 0xbc], &[0x3c, 0, 0xbc, 0], "f2");
    let ups = file("<u2", false, "(2,)", &[1, 0, 1, 0]);
    assert_eq!(
        read_patterns(&ups).unwrap(),
        array![[1, 1]],
        "one dimension is one row"
    );
}

#[test]
fn half_precision_by_hand() {
    let numbers = [
        (0x3555, 0.333_251_953_125),
        (0x7bff, 65504.0),
        (0x0001, 5.960_464_477_539_063e-8),
    ];
    for (bits, number) in numbers {
        assert_eq!(half(bits), number);
        assert_eq!(half(bits | 0x8000), -number);
    }
    assert!(half(0x7c00).is_infinite() && half(0x7e00).is_nan());
}

#[test]
fn fortran_order_is_turned() {
    let data: Vec<u8> = [1_f32, 4.0, 2.0, 5.0]
        .iter()
        .flat_map(|x| x.to_le_bytes())
        .collect();
    let couplings = read_couplings(&file("<f4", true, "(2, 2)", &data)).unwrap();
    assert_eq!(couplings, array![[1.0, 2.0], [4.0, 5.0]]);
    assert!(couplings.is_standard_layout());
    let flat = file("|i1", true, "(3,)", &[1, 255, 1]);
    assert_eq!(read_patterns(&flat).unwrap(), array![[1, -1, 1]]);
    let wrong = file("|i1", true, "(2, 3)", &[1, 1, 1, 3, 1, 1]);
    assert_eq!(
        patterns_refusal(&wrong),
        "an array of patterns must be +1 or −1; row 1, column 1 holds 3"
    );
}

#[test]
fn what_is_no_pattern_is_refused() {
    assert_eq!(
        patterns_refusal(&file("|u1", false, "(1, 2)", &[1, 0])),
        "an array of patterns must be +1 or −1 (map 0/1 to ±1 as 2x − 1); row 0, column 1 holds 0"
    );
    assert_eq!(
        patterns_refusal(&file("|i1", false, "(1, 2, 1)", &[1, 1])),
        "an array of patterns must have two dimensions, P × N, not shape 1 × 2 × 1"
    );
    assert_eq!(
        patterns_refusal(&file("|i1", false, "()", &[1])),
        "an array of patterns must have two dimensions, P × N, not shape of a single number"
    );
    for descr in ["<c8", "|S4", "<U1"] {
        let sentence = patterns_refusal(&file(descr, false, "(1, 2)", &[1, 1]));
        let expected = "an array of patterns or couplings holds real numbers";
        assert!(sentence.starts_with(expected), "{sentence}");
        assert!(sentence.contains(descr), "{sentence}");
    }
}

#[test]
fn what_is_no_coupling_matrix_is_refused() {
    let data: Vec<u8> = [0.0, f64::NAN, 1e300, 0.0]
        .iter()
        .flat_map(|x| x.to_le_bytes())
        .collect();
    assert_eq!(
        couplings_refusal(&file("<f8", false, "(2, 2)", &data)),
        "an array of couplings must be finite in 32 bits; row 0, column 1 holds NaN"
    );
    assert_eq!(
        couplings_refusal(&file("|i1", false, "(1, 2)", &[1, 1])),
        "an array of couplings must have two equal dimensions, N × N, not shape 1 × 2"
    );
}

#[test]
fn a_wrong_length_is_refused_before_anything_is_allocated() {
    assert_eq!(
        patterns_refusal(&file("<f8", false, "(2, 2)", &[0; 31])),
        "shape 2 × 2 takes 32 bytes of data, but 31 follow the header"
    );
    assert_eq!(
        patterns_refusal(&file("|i1", false, "(1000000, 1000000)", &[1])),
        "a NumPy array must have 1 to 268435456 entries, not shape 1000000 × 1000000"
    );
    assert_eq!(
        patterns_refusal(&file("|i1", false, "(0, 3)", &[])),
        "a NumPy array must have 1 to 268435456 entries, not shape 0 × 3"
    );
    let mut long = b"\x93NUMPY\x02\x00".to_vec();
    long.extend(u32::MAX.to_le_bytes());
    assert_eq!(
        patterns_refusal(&long),
        "the header of a NumPy array has at most 10000 bytes, but this one claims 4294967295"
    );
    assert_eq!(
        patterns_refusal(&file("|i1", false, "(1,)", &[])[..20]),
        "the header of a NumPy array must be whole, but it claims 58 bytes and 10 follow"
    );
    assert_eq!(
        patterns_refusal(b"PK\x03\x04"),
        "a NumPy array starts with 93 4e 55 4d 50 59 and version 1, 2 or 3, but this file starts with 50 4b 03 04"
    );
}

#[test]
fn forged_headers_neither_overflow_nor_exhaust_the_stack() {
    let shape = |sizes: &str| file("|i1", false, sizes, &[1]);
    for bytes in [
        shape("(18446744073709551615, 2)"),
        shape("(4294967296, 4294967296)"),
        shape("(0xffffffffffffffff, 0xff)"),
        shape("(99999999, 99999999, 99999999)"),
        shape("(-1, -1)"),
        shape("(1.5, 2)"),
        forged(&"(".repeat(9000), &[]),
        forged(&"[{(".repeat(3000), &[]),
        forged(&"-".repeat(9000), &[]),
        forged(
            "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }",
            &[0; 4],
        ),
        forged(
            "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
            &[0; 4],
        ),
        forged(
            "{'descr': '<m8', 'fortran_order': False, 'shape': (1,), }",
            &[0; 8],
        ),
        forged("{'shape': (1,)}", &[1]),
        forged("", &[]),
    ] {
        assert!(spoken(&read_patterns(&bytes)) && read_patterns(&bytes).is_err());
        assert!(read_couplings(&bytes).is_err());
    }
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
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..99), place in 0..70_usize, value: u8, header in ".{0,40}") {
        prop_assert!(spoken(&read_patterns(&bytes)) && spoken(&read_couplings(&bytes)));
        prop_assert!(spoken(&read_patterns(&forged(&header, &bytes))));
        let mut corrupted = file("<i2", false, "(2, 1)", &[1, 0, 255, 255]);
        let place = place.min(corrupted.len() - 1);
        corrupted[place] = value;
        prop_assert!(spoken(&read_patterns(&corrupted)) && spoken(&read_couplings(&corrupted)));
    }

    #[test]
    fn what_is_written_is_read(signs in proptest::collection::vec(any::<bool>(), 6), couplings in proptest::collection::vec(-1e9..1e9_f32, 9)) {
        let signs = signs.iter().map(|up| if *up { 1 } else { -1 }).collect();
        let patterns = Array2::from_shape_vec((2, 3), signs).expect("six");
        prop_assert_eq!(read_patterns(&write_i8(&patterns)).expect("well formed"), patterns);
        let couplings = Array2::from_shape_vec((3, 3), couplings).expect("nine");
        prop_assert_eq!(read_couplings(&write_f32(&couplings)).expect("well formed"), couplings);
    }
}
