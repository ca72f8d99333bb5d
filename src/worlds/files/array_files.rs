//! Several NumPy arrays that belong together, out of an archive or a folder, read one after the other.
//!
//! Absent: which array is what (`arrays.rs` tells by the names), and the directory of an archive (`archive.rs`).

use super::archive::{self, ArchiveEntry, Unpacking};
use super::arrays::{self, Parts, Taking};
use super::format::Format;
use super::images::{Labels, RawImages};
use super::input::{Bytes, UnpackedFile};
use super::names::Role;
use super::pixels::Pixels;
use crate::engine::{Error, Grid};
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
    unpacking: Option<Unpacking>,
    taking: Option<Taking>,
    images: Vec<(Grid, Pixels)>,
    labels: Vec<Option<Labels>>,
}

impl ArrayFiles {
    /// Arrays and archives of them; refused, with the names, where it cannot be told which is what.
    pub(super) fn new(files: Vec<UnpackedFile>) -> Result<Self, Error> {
        let mut arrays = Vec::new();
        for UnpackedFile { name, bytes } in files {
            if Format::of(&bytes) == Format::Npy {
                arrays.push((name, Some(ArrayBytes::File(bytes))));
            } else {
                let listed = listed(&bytes).map_err(|why| why.in_source(name.clone()))?;
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
        Ok(Self {
            arrays,
            n_jobs: queue.len(),
            queue,
            unpacking: None,
            taking: None,
            images: Vec::new(),
            labels: Vec::new(),
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
            return self.finish().map(Some);
        };
        let read = self.step_array(role, place);
        if read.map_err(|why| why.in_source(self.arrays[place].0.clone()))? {
            self.queue.pop_front();
        }
        Ok(None)
    }

    /// A slice of one array; true once it is read.
    fn step_array(&mut self, role: Role, place: usize) -> Result<bool, Error> {
        if let Some(taking) = &mut self.taking {
            if !taking.step()? {
                return Ok(false);
            }
            self.images.extend(self.taking.take().map(Taking::finish));
            self.labels.push(None);
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
                if let Some(labels) = self.labels.last_mut() {
                    *labels = Some(arrays::labels(&bytes)?);
                }
                Ok(true)
            }
        }
    }

    fn finish(&mut self) -> Result<RawImages, Error> {
        let labels = std::mem::take(&mut self.labels);
        let images = std::mem::take(&mut self.images).into_iter().zip(labels);
        let mut parts = images.map(|((grid, pixels), labels)| RawImages::new(grid, pixels, labels));
        let train = parts.next().transpose()?;
        let test = parts.next().transpose()?;
        train
            .expect("there is an array of patterns in every queue")
            .with_test(test)
    }
}

/// The arrays of an archive; refused where there is none.
fn listed(bytes: &[u8]) -> Result<Vec<ArchiveEntry>, Error> {
    let entries = archive::entries(bytes)?;
    let (arrays, others): (Vec<ArchiveEntry>, Vec<ArchiveEntry>) = entries
        .into_iter()
        .partition(|entry| entry.name.rsplit('.').next() == Some("npy"));
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
    Ok(arrays)
}
