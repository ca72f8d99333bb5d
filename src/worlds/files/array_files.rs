//! Several NumPy arrays that belong together, out of an archive or a folder, read one after the other.
//!
//! Absent: which array is what (`arrays.rs` tells by the names), and the directory of an archive (`archive.rs`).

use super::archive::{self, ArchiveEntry, Unpacking};
use super::arrays::{self, Parts, Taking};
use super::format::Format;
use super::images::RawImages;
use super::input::{Bytes, UnpackedFile};
use super::labels::{self, Labels};
use super::names;
use super::names::Role;
use crate::engine::Error;
use crate::worlds::LeftOut;
use std::collections::VecDeque;
use std::sync::Arc;

/// Where the bytes of an array are.
enum ArrayBytes {
    File(Bytes),
    Entry(Arc<[u8]>, ArchiveEntry),
}

/// Arrays being read.
pub(super) struct ArrayFiles {
    arrays: Vec<(String, Option<ArrayBytes>)>,
    /// What is still to be read, each with its place in the list.
    queue: VecDeque<(Role, usize)>,
    n_jobs: usize,
    unpacking: Option<Unpacking<Arc<[u8]>>>,
    taking: Option<Taking>,
    /// What was read of each part: the images to store, then a test set.
    read: Vec<RawImages>,
    left_out: Vec<LeftOut>,
}

impl ArrayFiles {
    /// Arrays and archives of them; refused, with the names, where it cannot be told which is what.
    pub(super) fn new(files: Vec<UnpackedFile>) -> Result<Self, Error> {
        let (mut arrays, mut left_out) = (Vec::new(), Vec::new());
        for UnpackedFile { name, bytes } in files {
            if Format::of(&bytes) == Format::Npy {
                arrays.push((name, Some(ArrayBytes::File(bytes))));
            } else {
                let (listed, others) = listed(&bytes).map_err(|why| why.in_source(name.clone()))?;
                left_out.extend(others);
                let whole = bytes.shared();
                let is_alone = listed.len() == 1;
                for entry in listed {
                    // A lone array is called `arr_0`, and its archive by what it is.
                    let name = if is_alone { &name } else { &entry.name };
                    let source = ArrayBytes::Entry(Arc::clone(&whole), entry.clone());
                    arrays.push((name.clone(), Some(source)));
                }
            }
        }
        let names: Vec<&str> = arrays.iter().map(|(name, _)| name.as_str()).collect();
        let Parts {
            images,
            labels,
            test,
        } = arrays::parts(&names)?;
        let mut queue = VecDeque::from([(Role::Images, images)]);
        queue.extend(labels.map(|place| (Role::Labels, place)));
        if let Some((images, labels)) = test {
            queue.push_back((Role::Images, images));
            queue.extend(labels.map(|place| (Role::Labels, place)));
        }
        let unused = (0..names.len()).filter(|place| queue.iter().all(|(_, used)| used != place));
        let (aside, unused): (Vec<&str>, Vec<&str>) = unused
            .map(|place| names[place])
            .partition(|name| names::is_aside(name));
        left_out.extend(names::left_out(
            "array",
            &aside,
            "a validation set is not read",
        ));
        let why = "the names do not say that these are the patterns or their labels";
        left_out.extend(names::left_out("array", &unused, why));
        Ok(Self {
            n_jobs: queue.len(),
            queue,
            unpacking: None,
            taking: None,
            read: Vec::new(),
            left_out,
            arrays,
        })
    }

    /// How much is read, 0 to 1.
    pub(super) fn done(&self) -> f32 {
        let unpacked = self.unpacking.as_ref().map_or(0.0, |one| one.done() / 2.0);
        let taken = self
            .taking
            .as_ref()
            .map_or(0.0, |one| 0.5 + one.done() / 2.0);
        (self.n_jobs - self.queue.len()) as f32 / self.n_jobs as f32
            + unpacked.max(taken) / self.n_jobs as f32
    }

    /// Reads a slice more; all as images, once there is no more.
    pub(super) fn step(&mut self) -> Result<Option<RawImages>, Error> {
        let Some(&(role, place)) = self.queue.front() else {
            return Ok(Some(self.finish()));
        };
        match (self.step_array(role, place), role) {
            (Ok(false), _) => return Ok(None),
            (Ok(true), _) => (),
            (Err(why), Role::Images) => return Err(why.in_source(self.arrays[place].0.clone())),
            // Labels only ever add.
            (Err(why), Role::Labels) => self.take_labels(place, Err(why)),
        }
        self.unpacking = None;
        self.queue.pop_front();
        Ok(None)
    }

    /// A slice of one array; true once it is read.
    fn step_array(&mut self, role: Role, place: usize) -> Result<bool, Error> {
        if let Some(taking) = &mut self.taking {
            if !taking.step()? {
                return Ok(false);
            }
            self.read.extend(self.taking.take().map(Taking::finish));
            return Ok(true);
        }
        let bytes = match (&mut self.unpacking, self.arrays[place].1.take()) {
            (Some(unpacking), _) => match unpacking.step()? {
                Some(plain) => Bytes::Own(plain),
                None => return Ok(false),
            },
            (None, Some(ArrayBytes::Entry(whole, entry))) => {
                self.unpacking = Some(Unpacking::new(whole, entry));
                return Ok(false);
            }
            (None, Some(ArrayBytes::File(bytes))) => bytes,
            (None, None) => return Ok(true),
        };
        self.unpacking = None;
        match role {
            Role::Images => {
                self.taking = Some(Taking::new(bytes)?);
                Ok(false)
            }
            Role::Labels => {
                let n_images = self.read.last().map_or(0, RawImages::len);
                self.take_labels(place, labels::of_array(&bytes, n_images));
                Ok(true)
            }
        }
    }

    /// Gives the images that were read last the labels of the array at `place`.
    fn take_labels(&mut self, place: usize, labels: Result<Labels, Error>) {
        if let Some(images) = self.read.pop() {
            self.read
                .push(images.labelled(&self.arrays[place].0, labels));
        }
    }

    fn finish(&mut self) -> RawImages {
        let mut parts = std::mem::take(&mut self.read).into_iter();
        let train = parts.next();
        let mut images = train.expect("there is an array of patterns in every queue");
        if let Some(test) = parts.next() {
            images = images.with_test(test);
        }
        images.left_out.append(&mut self.left_out);
        images
    }
}

/// The arrays of an archive, and the entries that are none; refused where there is no array, and a sparse matrix.
fn listed(bytes: &[u8]) -> Result<(Vec<ArchiveEntry>, Option<LeftOut>), Error> {
    let entries = archive::entries(bytes)?;
    let has = |name: &str| entries.iter().any(|entry| entry.name == name);
    if has("format.npy") && has("shape.npy") && has("data.npy") {
        return Err(Error::Format {
            expected: "an archive of arrays holds every number".to_owned(),
            found: "this one holds a sparse matrix; save X.toarray() instead".to_owned(),
        });
    }
    let (arrays, others): (Vec<ArchiveEntry>, Vec<ArchiveEntry>) =
        entries.into_iter().partition(ArchiveEntry::is_array);
    if arrays.is_empty() {
        let found = match others.first() {
            Some(other) => format!("this one begins with '{}'", other.name.escape_debug()),
            None => "this one is empty".to_owned(),
        };
        return Err(Error::Format {
            expected: "an archive of arrays holds files called *.npy".to_owned(),
            found,
        });
    }
    let others: Vec<&str> = others.iter().map(|entry| &*entry.name).collect();
    let left_out = names::left_out("archive member", &others, "patterns are read from *.npy");
    Ok((arrays, left_out))
}
