//! The labels of images: what each is, out of a column, a file of bytes, an array or a text.
//!
//! A file of labels only ever adds to the images beside it: whatever is wrong with it is a reason to leave it out.
//! Absent: the finding of such files (`names.rs`).

use super::cells::{Delimiter, bare, number};
use super::format::Format;
use super::input::{Bytes, UnpackedFile};
use super::{MAX_BYTES, MAX_NUMBERS};
use crate::engine::Error;
use crate::engine::patterns::Label;
use crate::worlds::idx;
use crate::worlds::npy::NpyLayout;
use crate::worlds::text::Decoding;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The longest label that is kept, in bytes.
const MAX_LABEL: usize = 200;

/// The class of each image.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labels {
    classes: Vec<Label>,
    of: Vec<u32>,
}

impl Labels {
    /// How many images have one.
    pub(super) fn n_images(&self) -> usize {
        self.of.len()
    }

    /// The classes, each once: by number if all are numbers, by name otherwise.
    pub fn classes(&self) -> &[Label] {
        &self.classes
    }

    /// The class of the image at `index`, as a place in [`Self::classes`].
    pub fn class(&self, index: usize) -> usize {
        self.of[index] as usize
    }

    /// The same classes from labels that are bytes.
    pub(super) fn of_bytes(bytes: &[u8]) -> Self {
        let names: Vec<String> = (0..=255).map(|byte: u8| byte.to_string()).collect();
        let mut collected = Collected::default();
        for byte in bytes {
            collected.push(&names[usize::from(*byte)]);
        }
        collected.finish()
    }

    /// These labels, and `others` after them.
    pub(super) fn then(&self, others: &Self) -> Self {
        let mut collected = Collected::default();
        for part in [self, others] {
            for class in &part.of {
                collected.push(&part.classes[*class as usize]);
            }
        }
        collected.finish()
    }
}

/// Labels on their way in.
#[derive(Debug, Default)]
pub(super) struct Collected {
    known: BTreeMap<Label, u32>,
    of: Vec<u32>,
}

impl Collected {
    /// The label of the next image.
    pub(super) fn push(&mut self, label: &str) {
        let label = &label[..label.floor_char_boundary(MAX_LABEL)];
        let class = if let Some(class) = self.known.get(label) {
            *class
        } else {
            let class = self.known.len() as u32;
            self.known.insert(label.into(), class);
            class
        };
        self.of.push(class);
    }

    /// The labels with their classes in order.
    pub(super) fn finish(self) -> Labels {
        let Self { known, of } = self;
        let mut classes: Vec<(Label, u32)> = known.into_iter().collect();
        let number = |label: &str| label.parse().ok().filter(|x: &f64| x.is_finite());
        if classes.iter().all(|(label, _)| number(label).is_some()) {
            classes.sort_by(|(a, _), (b, _)| {
                let order = number(a).partial_cmp(&number(b));
                order.unwrap_or(Ordering::Equal)
            });
        }
        let mut places = vec![0; classes.len()];
        for (place, (_, class)) in classes.iter().enumerate() {
            places[*class as usize] = place as u32;
        }
        Labels {
            classes: classes.into_iter().map(|(label, _)| label).collect(),
            of: of.into_iter().map(|class| places[class as usize]).collect(),
        }
    }
}

/// The labels of `n_images` images that a file holds: an array, bytes in an IDX file, or a text with one a line.
pub(super) fn of_file(file: &UnpackedFile, n_images: usize) -> Result<Labels, Error> {
    match Format::of(&file.bytes) {
        Format::Npy => of_array(&file.bytes, n_images),
        Format::Idx => idx::labels_in((&*file.bytes).into()).map(|bytes| Labels::of_bytes(&bytes)),
        Format::Text => of_text(&file.bytes, n_images),
        other => Err(Error::Format {
            expected: "labels are read from NPY, IDX or text".to_owned(),
            found: format!("this file is {}", other.name()),
        }),
    }
}

/// The labels of `n_images` images that an array of P or P × 1 numbers holds, or one of P × C with a single 1 a row, at the place of the
/// class.
pub(super) fn of_array(bytes: &[u8], n_images: usize) -> Result<Labels, Error> {
    const WHAT: &str = "an array of labels";
    let layout = NpyLayout::read(bytes)?;
    let ([_] | [_, _]) = *layout.shape else {
        return Err(layout.wrong_shape(WHAT, "one dimension, P, or two, P × C"));
    };
    if layout.n_entries() > MAX_NUMBERS {
        return Err(layout.wrong_shape(WHAT, &format!("at most {MAX_NUMBERS} entries")));
    }
    let (count, width) = (layout.shape[0], layout.shape.get(1).copied().unwrap_or(1));
    check_count(count, n_images)?;
    let mut labels = Collected::default();
    for row in 0..count {
        if width == 1 {
            labels.push(&layout.entry(bytes, row).to_string());
            continue;
        }
        let entries = (0..width).map(|column| layout.entry(bytes, row * width + column));
        let class = one_hot(entries).ok_or_else(|| Error::Format {
            expected: format!("a row of {width} entries says its class by a single 1"),
            found: format!("row {row} (counted from 0) does not"),
        })?;
        labels.push(&class.to_string());
    }
    Ok(labels.finish())
}

/// The labels of `n_images` images that a text holds, one a line, perhaps below a title, or with a single 1 a line.
fn of_text(bytes: &[u8], n_images: usize) -> Result<Labels, Error> {
    let mut decoding = Decoding::new(Bytes::Own(bytes.to_vec()), MAX_BYTES, "a file of labels");
    while !decoding.step()? {}
    let text = decoding.into_text();
    let lines = || {
        let lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
        lines.enumerate().filter(|(_, line)| !line.is_empty())
    };
    let n_lines = lines().count();
    let is_titled = n_lines == n_images + 1;
    check_count(n_lines - usize::from(is_titled), n_images)?;
    let mut labels = Collected::default();
    for (place, line) in lines().skip(usize::from(is_titled)) {
        let delimiter = Delimiter::of(line);
        let numbers = || delimiter.cells(line).map(number);
        let has_words = numbers().any(|it| it.is_none());
        let n_cells = numbers().count();
        // A name may be of several words.
        if n_cells == 1 || (has_words && delimiter == Delimiter::Space) {
            labels.push(&String::from_utf8_lossy(bare(line)));
            continue;
        }
        let class = one_hot(numbers().map(|it| it.map_or(f64::NAN, f64::from)));
        let class = class.ok_or_else(|| Error::Format {
            expected: "a file of labels has one a line".to_owned(),
            found: format!("line {} has {n_cells} cells", place + 1),
        })?;
        labels.push(&class.to_string());
    }
    Ok(labels.finish())
}

/// Refuses another number of labels than there are images.
pub(super) fn check_count(count: usize, n_images: usize) -> Result<(), Error> {
    if count == n_images {
        return Ok(());
    }
    Err(Error::Shape {
        what: "the labels",
        expected: format!("{n_images} entries, one an image"),
        found: count.to_string(),
    })
}

/// Where the single 1 among zeros stands.
fn one_hot(entries: impl Iterator<Item = f64>) -> Option<usize> {
    let mut class = None;
    for (place, entry) in entries.enumerate() {
        if entry == 1.0 && class.is_none() {
            class = Some(place);
        } else if entry != 0.0 {
            return None;
        }
    }
    class
}

#[cfg(test)]
mod tests {
    use super::super::input::Bytes;
    use super::*;

    fn labels(names: &[&str]) -> Labels {
        let mut collected = Collected::default();
        names.iter().for_each(|name| collected.push(name));
        collected.finish()
    }

    fn classes(labels: &Labels) -> Vec<&str> {
        labels.classes().iter().map(|class| &**class).collect()
    }

    #[test]
    fn classes_are_in_order_of_numbers_or_of_names() {
        let numbers = labels(&["10", "9", "10", "-1"]);
        assert_eq!(classes(&numbers), ["-1", "9", "10"]);
        assert_eq!(numbers.of, [2, 1, 2, 0]);
        assert_eq!(classes(&labels(&["10", "9", "a"])), ["10", "9", "a"]);
        assert_eq!(Labels::of_bytes(&[10, 9, 10]), labels(&["10", "9", "10"]));
        let both = labels(&["b", "a"]).then(&labels(&["c", "a"]));
        assert_eq!(
            (classes(&both), &both.of[..]),
            (vec!["a", "b", "c"], &[1, 0, 2, 0][..])
        );
    }

    fn file(bytes: &[u8]) -> UnpackedFile {
        UnpackedFile {
            name: "y".to_owned(),
            bytes: Bytes::Own(bytes.to_vec()),
        }
    }

    #[test]
    fn a_text_has_one_label_a_line() {
        let read = |text: &str, n_images| of_file(&file(text.as_bytes()), n_images);
        for (text, n_images) in [
            ("b\r\na\n\nb\n", 3),
            ("label\nb\na\nb", 3),
            ("y y\nb\na\nb", 3),
        ] {
            assert_eq!(
                read(text, n_images).unwrap(),
                labels(&["b", "a", "b"]),
                "{text}"
            );
        }
        let names = labels(&["Ankle boot", "Bag"]);
        assert_eq!(read("Ankle boot\nBag\n", 2).unwrap(), names);
        assert_eq!(read("y\nn\ny\n", 3).unwrap(), labels(&["y", "n", "y"]));
        let long = read(&("a".to_owned() + &"é".repeat(150)), 1).unwrap();
        assert_eq!(&*long.classes()[0], "a".to_owned() + &"é".repeat(99));
        assert_eq!(
            read("a\n", 3).unwrap_err().to_string(),
            "the labels must have 3 entries, one an image, not 1"
        );
        assert_eq!(read("0,1,0\n1,0,0\n", 2).unwrap(), labels(&["1", "0"]));
        assert_eq!(
            read("0,1\n1,1\n", 2).unwrap_err().to_string(),
            "a file of labels has one a line, but line 2 has 2 cells"
        );
        let picture = of_file(&file(b"\x89PNG"), 1).unwrap_err();
        assert_eq!(
            picture.to_string(),
            "labels are read from NPY, IDX or text, but this file is PNG or JPEG"
        );
    }

    #[test]
    fn an_array_says_classes_by_number_or_by_place() {
        let read = |rows: ndarray::Array2<i8>| of_array(&crate::worlds::npy::write_i8(&rows), 2);
        assert_eq!(
            read(ndarray::array![[3], [-1]]).unwrap(),
            labels(&["3", "-1"])
        );
        let hot = ndarray::array![[0, 0, 1], [1, 0, 0]];
        assert_eq!(read(hot).unwrap(), labels(&["2", "0"]));
        assert_eq!(
            read(ndarray::array![[0, 0], [1, 0]])
                .unwrap_err()
                .to_string(),
            "a row of 2 entries says its class by a single 1, but row 0 (counted from 0) does not"
        );
    }
}
