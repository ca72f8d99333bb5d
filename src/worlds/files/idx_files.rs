//! IDX files that belong together: images, their labels, and a test set, told by their names.
//!
//! Absent: what an IDX file looks like ([`crate::worlds::idx`]) and compression, which is undone before.

use super::images::RawImages;
use super::input::UnpackedFile;
use super::pixels::Pixels;
use super::{check_units, labels, names};
use crate::engine::{Error, Grid};
use crate::worlds::{LeftOut, idx};

/// One part, training or test set: where its images and its labels are in the list of files.
type Part = (usize, Option<usize>);

/// IDX files by name, not compressed, each taken once it is read.
pub(super) struct IdxFiles {
    files: Vec<UnpackedFile>,
    train: Part,
    test: Option<Part>,
    read: Option<RawImages>,
    left_out: Option<LeftOut>,
}

impl IdxFiles {
    /// Finds out which file is what; refused, with the names, where that cannot be told.
    pub(super) fn new(files: Vec<UnpackedFile>) -> Result<Self, Error> {
        let of_dimensions = |n: u8| {
            let places = 0..files.len();
            let fitting = places.filter(|place| idx::has_dimensions(&files[*place].bytes, n));
            fitting.collect::<Vec<usize>>()
        };
        let (images, labels) = (of_dimensions(3), of_dimensions(1));
        let (train, test) = match (images.as_slice(), labels.as_slice()) {
            // One pair belongs together whatever it is called.
            (&[only], &[]) => ((only, None), None),
            (&[only], &[label]) => ((only, Some(label)), None),
            // A file that is neither is refused by whoever reads images.
            (&[], _) if files.len() == 1 => ((0, None), None),
            _ => Self::by_name(&files, &images, &labels)?,
        };
        let used = |place: usize| {
            let parts = std::iter::once(train).chain(test);
            parts
                .into_iter()
                .any(|(images, labels)| images == place || labels == Some(place))
        };
        let unused = (0..files.len()).filter(|place| !used(*place));
        let unused: Vec<&str> = unused.map(|place| &*files[place].name).collect();
        let why = "the names do not say which images these belong to";
        Ok(Self {
            left_out: names::left_out("file", &unused, why),
            files,
            train,
            test,
            read: None,
        })
    }

    /// The training set and the test set by the names of the files.
    fn by_name(
        files: &[UnpackedFile],
        images: &[usize],
        labels: &[usize],
    ) -> Result<(Part, Option<Part>), Error> {
        let name = |place: usize| files[place].name.as_str();
        let names_of_labels: Vec<&str> = labels.iter().map(|place| name(*place)).collect();
        let part = |images: usize| {
            let found = names::labels_of(name(images), &names_of_labels);
            let place = found.and_then(|found| labels.iter().find(|place| name(**place) == found));
            (images, place.copied())
        };
        let (test, train): (Vec<usize>, Vec<usize>) = images
            .iter()
            .partition(|place| names::is_test(name(**place)));
        match (train.as_slice(), test.as_slice()) {
            (&[train], &[]) => Ok((part(train), None)),
            (&[], &[test]) => Ok((part(test), None)),
            (&[train], &[test]) => Ok((part(train), Some(part(test)))),
            _ => {
                let all: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
                Err(Error::Format {
                    expected: "IDX files opened together are one file of images, perhaps one more of a test set, and their labels"
                        .to_owned(),
                    found: format!("these are {}", names::list(&all)),
                })
            }
        }
    }

    /// Reads one part; all of them as images, once there are no more.
    pub(super) fn step(&mut self) -> Result<Option<RawImages>, Error> {
        let Some(train) = self.read.take() else {
            self.read = Some(self.read_part(self.train)?);
            return Ok(None);
        };
        let mut images = match self.test {
            Some(part) => train.with_test(self.read_part(part)?),
            None => train,
        };
        images.left_out.extend(self.left_out.take());
        Ok(Some(images))
    }

    fn read_part(&mut self, (images, labels): Part) -> Result<RawImages, Error> {
        let UnpackedFile { name, bytes } = &mut self.files[images];
        let read = idx::images_in(bytes.cow()).and_then(|images| {
            let shape = format!("{} × {}", images.rows, images.columns);
            // Sizes in the header are 32 bits each, and have been multiplied without overflow with the number of images.
            check_units(images.rows * images.columns, &shape)?;
            Ok(images)
        });
        let read = read.map_err(|why| why.in_source(name.clone()))?;
        let grid = Grid::new(read.rows, read.columns);
        let images = RawImages::new(grid, Pixels::Bytes(read.pixels));
        Ok(match labels {
            Some(place) => {
                let file = &self.files[place];
                let labels = labels::of_file(file, images.len());
                images.labelled(&file.name, labels)
            }
            None => images,
        })
    }
}
