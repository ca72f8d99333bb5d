//! IDX files that belong together: images, their labels, and a test set, told by their names.
//!
//! Absent: what an IDX file looks like ([`crate::worlds::idx`]) and compression, which is undone before.

use super::images::{Labels, RawImages};
use super::input::UnpackedFile;
use super::pixels::Pixels;
use super::{check_units, names};
use crate::engine::{Error, Grid};
use crate::worlds::idx;

/// One part, training or test set: where its images and its labels are in the list of files.
type Part = (usize, Option<usize>);

/// IDX files by name, not compressed, each taken once it is read.
pub(super) struct IdxFiles {
    files: Vec<UnpackedFile>,
    train: Part,
    test: Option<Part>,
    read: Option<RawImages>,
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
        Ok(Self {
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
        let test = self.test.map(|part| self.read_part(part)).transpose()?;
        train.with_test(test).map(Some)
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
        let labels = labels.map(|place| {
            let UnpackedFile { name, bytes } = &mut self.files[place];
            let labels = idx::labels_in(bytes.cow());
            let labels = labels.map(|labels| Labels::of_bytes(&labels));
            labels.map_err(|why| why.in_source(name.clone()))
        });
        let grid = Grid::new(read.rows, read.columns);
        RawImages::new(grid, Pixels::Bytes(read.pixels), labels.transpose()?)
    }
}
