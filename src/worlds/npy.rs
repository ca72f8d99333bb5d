//! NumPy arrays (`.npy`, versions 1 to 3): patterns and couplings in, both out.
//!
//! Any real numeric type is read, in C or Fortran order, of either byte order; booleans are 0 and 1. Patterns must be ±1 exactly, couplings
//! square and finite. The header is looked at before the library parses it, and the length of the data before anything
//! is allocated, so that a forged file costs nothing. Absent: archives of several arrays (see [`files`](super::files)), complex
//! numbers, records. Format: NumPy Enhancement Proposal 1, `numpy.lib.format`.

mod losses;
mod scalars;

use crate::engine::Error;
use losses::Losses;
use ndarray::{Array2, ShapeBuilder as _};
use npyz::{NpyHeader, Order, WriterBuilder as _};
use scalars::{Number, Whole, number, whole};

/// The most entries an array may have: 2²⁸, couplings of 16,384 units.
pub const MAX_ENTRIES: usize = 1 << 28;

/// The most bytes of a file of so many numbers of 32 bits, with its header.
pub(super) const MAX_BYTES: usize = 4 * MAX_ENTRIES + (1 << 16);

/// The longest header, in bytes: what NumPy itself accepts.
const MAX_HEADER: usize = 10_000;

/// The most digits in a header that is let through. Sizes with 19 digits in all cannot multiply to 2⁶⁴, and the
/// library multiplies them unchecked.
const MAX_DIGITS: usize = 19;

/// The deepest nesting of brackets in a header that is let through: the library descends once a bracket.
const MAX_BRACKETS: usize = 8;

/// Reads patterns, P × N of ±1; an array of one dimension is one pattern.
pub fn read_patterns(bytes: &[u8]) -> Result<Array2<i8>, Error> {
    let file = Npy::new(bytes)?;
    let (rows, columns) = match *file.layout.shape.as_slice() {
        [columns] => (1, columns),
        [rows, columns] => (rows, columns),
        _ => {
            return Err(file
                .layout
                .wrong_shape("an array of patterns", "two dimensions, P × N"));
        }
    };
    file.entries(rows, columns, |entry, row, column| {
        let number = entry.number;
        if number.abs() == 1.0 {
            return Ok(number as i8);
        }
        Err(Error::Entry {
            what: "an array of patterns",
            expected: if number == 0.0 {
                "+1 or −1 (map 0/1 to ±1 as 2x − 1)"
            } else {
                "+1 or −1"
            },
            row,
            column,
            value: number.to_string(),
        })
    })
}

/// Reads couplings, N × N of finite numbers; row i holds what acts on unit i.
pub fn read_couplings(bytes: &[u8]) -> Result<Array2<f32>, Error> {
    read_couplings_and_losses(bytes).map(|(couplings, _remarks)| couplings)
}

/// The same, and what single precision did to them beyond rounding, in sentences.
pub(super) fn read_couplings_and_losses(bytes: &[u8]) -> Result<(Array2<f32>, Vec<String>), Error> {
    let file = Npy::new(bytes)?;
    let n_units = match *file.layout.shape.as_slice() {
        [rows, columns] if rows == columns => rows,
        _ => {
            return Err(file
                .layout
                .wrong_shape("an array of couplings", "two equal dimensions, N × N"));
        }
    };
    let mut losses = Losses::default();
    let couplings = file.entries(n_units, n_units, |entry, row, column| {
        let number = entry.number;
        let coupling = number as f32;
        if coupling.is_finite() {
            losses.take_in(&entry, coupling, row, column);
            return Ok(coupling);
        }
        Err(Error::Entry {
            what: "an array of couplings",
            expected: "finite in 32 bits",
            row,
            column,
            value: number.to_string(),
        })
    })?;
    Ok((couplings, losses.remarks(n_units * n_units)))
}

/// Writes an array of `f32`, row by row.
pub fn write_f32(array: &Array2<f32>) -> Vec<u8> {
    write(&[array.nrows(), array.ncols()], array.iter().copied())
}

/// Writes an array of `f32` of any shape, the last dimension running fastest.
pub fn write_f32_in(shape: &[usize], numbers: impl Iterator<Item = f32>) -> Vec<u8> {
    write(shape, numbers)
}

/// Writes an array of `i8`, row by row.
pub fn write_i8(array: &Array2<i8>) -> Vec<u8> {
    write(&[array.nrows(), array.ncols()], array.iter().copied())
}

/// Writes an array of `i8` of any shape, the last dimension running fastest.
pub fn write_i8_in(shape: &[usize], numbers: impl Iterator<Item = i8>) -> Vec<u8> {
    write(shape, numbers)
}

/// Writes labels, one dimension of them: whole numbers where all are such as `i32` holds, else texts, which NumPy reads as
/// an array of strings.
pub fn write_labels(labels: &[&str]) -> Vec<u8> {
    let whole = |label: &&str| {
        let number: Option<i32> = label.parse().ok();
        number.filter(|number| number.to_string() == **label)
    };
    let numbers: Option<Vec<i32>> = labels.iter().map(whole).collect();
    match numbers {
        Some(numbers) => write(&[labels.len()], numbers.into_iter()),
        None => write_texts(labels),
    }
}

/// An array of strings: as many code points to each as the longest has, 32 bits a code point, zeros behind.
fn write_texts(texts: &[&str]) -> Vec<u8> {
    let lengths = texts.iter().map(|text| text.chars().count());
    let width = lengths.max().unwrap_or(0).max(1);
    let count = texts.len();
    let header = format!("{{'descr': '<U{width}', 'fortran_order': False, 'shape': ({count},), }}");
    // Magic, version and length take ten bytes; the data begin at a multiple of 64, the header ends with a line.
    let padded = (10 + header.len() + 1).next_multiple_of(64) - 10;
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    let length = u16::try_from(padded).expect("two numbers are short");
    bytes.extend(length.to_le_bytes());
    bytes.extend(format!("{header:<0$}\n", padded - 1).as_bytes());
    for text in texts {
        let points = text.chars().map(u32::from).chain(std::iter::repeat(0));
        points
            .take(width)
            .for_each(|point| bytes.extend(point.to_le_bytes()));
    }
    bytes
}

/// Writes as many numbers as the shape has entries, in this machine's byte order.
fn write<T: npyz::AutoSerialize + Copy>(
    shape: &[usize],
    numbers: impl Iterator<Item = T>,
) -> Vec<u8> {
    const WHY: &str = "a vector takes everything";
    let mut bytes = Vec::new();
    let shape: Vec<u64> = shape.iter().map(|size| *size as u64).collect();
    let mut writer = npyz::WriteOptions::new()
        .default_dtype()
        .shape(&shape)
        .writer(&mut bytes)
        .begin_nd()
        .expect(WHY);
    writer.extend(numbers).expect(WHY);
    writer.finish().expect(WHY);
    bytes
}

/// What the header of an array says: where which entry stands, and what number its bytes are.
pub(super) struct NpyLayout {
    /// The size of each dimension, none 0.
    pub(super) shape: Vec<usize>,
    order: Order,
    number: Number,
    /// Where entries have more digits than double precision.
    whole: Option<Whole>,
    width: usize,
    /// Where the data start.
    start: usize,
}

/// A file whose header has been understood and whose data have the promised length.
struct Npy<'a> {
    layout: NpyLayout,
    data: &'a [u8],
}

/// What one entry is.
struct Entry {
    number: f64,
    /// The same to the last digit, where double precision may not have them all.
    whole: Option<i128>,
}

impl NpyLayout {
    /// Checks the header, the type and the length; allocates nothing that grows with the promised size.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let start = check_header(bytes)?;
        let header = NpyHeader::from_reader(bytes).map_err(|why| Error::Format {
            expected: "the header of a NumPy array names descr, fortran_order and shape".to_owned(),
            found: match why.to_string() {
                drawn if drawn.contains('\n') => "this one is no Python dictionary".to_owned(),
                said => format!("this one cannot be read: {}", said.trim_end_matches('.')),
            },
        })?;
        let dtype = header.dtype();
        let (number, width) = number(&dtype)?;
        let length = bytes.len().saturating_sub(start);
        let shape: Vec<usize> = header.shape().iter().map(|size| *size as usize).collect();
        let n_entries = shape.iter().product::<usize>();
        let sizes = sizes(&shape);
        if n_entries == 0 || n_entries > MAX_ENTRIES {
            return Err(Error::Shape {
                what: "a NumPy array",
                expected: format!("1 to {MAX_ENTRIES} entries"),
                found: format!("shape {sizes}"),
            });
        }
        if n_entries * width != length {
            return Err(Error::Format {
                expected: format!("shape {sizes} takes {} bytes of data", n_entries * width),
                found: format!("{length} follow the header"),
            });
        }
        Ok(Self {
            shape,
            order: header.order(),
            number,
            whole: whole(&dtype),
            width,
            start,
        })
    }

    /// Number of entries, at least 1.
    pub(super) fn n_entries(&self) -> usize {
        self.shape.iter().product()
    }

    /// The entry of the file `bytes` that is number `index` when the last dimension runs fastest.
    pub(super) fn entry(&self, bytes: &[u8], index: usize) -> f64 {
        let place = match self.order {
            Order::C => index,
            Order::Fortran => self.fortran_place(index),
        };
        let start = self.start + place * self.width;
        (self.number)(&bytes[start..start + self.width])
    }

    /// Where the entry stands when the first dimension runs fastest.
    fn fortran_place(&self, mut index: usize) -> usize {
        let mut stride = self.n_entries();
        let mut place = 0;
        for size in self.shape.iter().rev() {
            stride /= size;
            place += index % size * stride;
            index /= size;
        }
        place
    }

    /// A sentence for a shape that cannot be used.
    pub(super) fn wrong_shape(&self, what: &'static str, expected: &str) -> Error {
        Error::Shape {
            what,
            expected: expected.to_owned(),
            found: format!("shape {}", sizes(&self.shape)),
        }
    }
}

impl<'a> Npy<'a> {
    fn new(bytes: &'a [u8]) -> Result<Self, Error> {
        let layout = NpyLayout::read(bytes)?;
        let data = bytes.get(layout.start..).unwrap_or_default();
        Ok(Self { layout, data })
    }

    /// The entries, each turned into what is wanted of it; `convert` is told its row and its column.
    fn entries<T: Copy>(
        &self,
        rows: usize,
        columns: usize,
        mut convert: impl FnMut(Entry, usize, usize) -> Result<T, Error>,
    ) -> Result<Array2<T>, Error> {
        let NpyLayout {
            shape,
            order,
            number,
            whole,
            width,
            ..
        } = &self.layout;
        let by_column = *order == Order::Fortran && shape.len() == 2;
        let entries = self
            .data
            .chunks_exact(*width)
            .enumerate()
            .map(|(place, bytes)| {
                let (row, column) = if by_column {
                    (place % rows, place / rows)
                } else {
                    (place / columns, place % columns)
                };
                let entry = Entry {
                    number: number(bytes),
                    whole: whole.map(|whole| whole(bytes)),
                };
                convert(entry, row, column)
            })
            .collect::<Result<Vec<T>, Error>>()?;
        let shape = (rows, columns).set_f(by_column);
        let array = Array2::from_shape_vec(shape, entries).expect("the data have this length");
        Ok(if by_column {
            array.as_standard_layout().into_owned()
        } else {
            array
        })
    }
}

/// A shape in words: `3 × 784`; a single number has the shape "of a single number".
fn sizes(shape: &[usize]) -> String {
    if shape.is_empty() {
        return "of a single number".to_owned();
    }
    let sizes: Vec<String> = shape.iter().map(ToString::to_string).collect();
    sizes.join(" × ")
}

/// Looks at magic, version, length, digits and brackets of the header; returns where the data start.
fn check_header(bytes: &[u8]) -> Result<usize, Error> {
    let wrong = |expected: &str, found: String| {
        let expected = expected.to_owned();
        Err(Error::Format { expected, found })
    };
    let (text, length) = match *bytes {
        [0x93, b'N', b'U', b'M', b'P', b'Y', 1, _, low, high, ..] => {
            (10, usize::from(u16::from_le_bytes([low, high])))
        }
        [0x93, b'N', b'U', b'M', b'P', b'Y', 2 | 3, _, a, b, c, d, ..] => {
            (12, u32::from_le_bytes([a, b, c, d]) as usize)
        }
        _ => {
            let start: Vec<String> = bytes.iter().take(8).map(|b| format!("{b:02x}")).collect();
            let found = if start.is_empty() {
                "this file is empty".to_owned()
            } else {
                format!("this file starts with {}", start.join(" "))
            };
            let expected = "a NumPy array starts with 93 4e 55 4d 50 59 and version 1, 2 or 3";
            return wrong(expected, found);
        }
    };
    if length > MAX_HEADER {
        return wrong(
            "the header of a NumPy array has at most 10000 bytes",
            format!("this one claims {length}"),
        );
    }
    let Some(header) = bytes.get(text..text + length) else {
        return wrong(
            "the header of a NumPy array must be whole",
            format!("it claims {length} bytes and {} follow", bytes.len() - text),
        );
    };
    let digits = header.iter().filter(|b| b.is_ascii_digit());
    let brackets = header.iter().filter(|b| b"([{".contains(b));
    let prefixed = header
        .windows(2)
        .any(|pair| pair[0] == b'0' && pair[1].is_ascii_alphabetic());
    if digits.count() > MAX_DIGITS || brackets.count() > MAX_BRACKETS || prefixed {
        return wrong(
            "a NumPy array of patterns or couplings names one type and a few plain sizes",
            "the header of this one is more complicated or its sizes are beyond all memory"
                .to_owned(),
        );
    }
    Ok(text + length)
}

#[cfg(test)]
#[path = "npy_tests.rs"]
mod tests;
