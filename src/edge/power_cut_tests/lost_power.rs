//! A model of a disk that promises no more than it must.
//!
//! When the power goes, what was written to a file since it was last brought to the disk is there, or some of it, or none;
//! of the names given in a folder since it was, any may be there and any may not. Renaming alone is whole or not at all.

use crate::edge::disk::Operation;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Paths and contents of files.
pub(super) type Files = BTreeMap<PathBuf, Vec<u8>>;

/// What a name leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    File(usize),
    Folder,
}

/// A name given or taken away in a folder.
#[derive(Debug, Clone)]
enum Naming {
    Add(PathBuf, Node),
    Move(PathBuf, PathBuf, Node),
    Drop(PathBuf),
}

/// A file: what it holds while the power is on, and what of that is on the disk.
#[derive(Debug, Clone, Default)]
struct Content {
    written: Vec<u8>,
    synced: Vec<u8>,
}

/// A disk, while operations are done to it.
#[derive(Debug, Default)]
pub(super) struct Disk {
    contents: Vec<Content>,
    names: BTreeMap<PathBuf, Node>,
    synced_names: BTreeMap<PathBuf, Node>,
    /// By the folder, in order.
    pending: Vec<(PathBuf, Naming)>,
}

impl Naming {
    fn apply(&self, names: &mut BTreeMap<PathBuf, Node>) {
        match self {
            Self::Add(path, node) => drop(names.insert(path.clone(), *node)),
            Self::Move(from, to, node) => {
                names.remove(from);
                names.insert(to.clone(), *node);
            }
            Self::Drop(path) => drop(names.remove(path)),
        }
    }
}

impl Disk {
    /// With one file on it.
    pub(super) fn with(path: PathBuf, bytes: Vec<u8>) -> Self {
        let names = BTreeMap::from([(path, Node::File(0))]);
        let content = Content {
            written: bytes.clone(),
            synced: bytes,
        };
        Self {
            contents: vec![content],
            synced_names: names.clone(),
            names,
            pending: Vec::new(),
        }
    }

    fn name(&mut self, folder_of: &Path, naming: Naming) {
        naming.apply(&mut self.names);
        let folder = folder_of.parent().expect("it is in a folder");
        self.pending.push((folder.to_owned(), naming));
    }

    fn content(&mut self, path: &Path) -> &mut Content {
        match self.names[path] {
            Node::File(index) => &mut self.contents[index],
            Node::Folder => panic!("{} is a folder", path.display()),
        }
    }

    /// Does `operation`.
    pub(super) fn apply(&mut self, operation: &Operation) {
        match operation {
            Operation::Create(path) => {
                self.contents.push(Content::default());
                let node = Node::File(self.contents.len() - 1);
                self.name(path, Naming::Add(path.clone(), node));
            }
            Operation::Write(path, bytes) => self.content(path).written.extend(bytes),
            Operation::SyncFile(path) => {
                let content = self.content(path);
                content.synced.clone_from(&content.written);
            }
            Operation::Rename(from, to) => {
                assert_eq!(from.parent(), to.parent(), "it stays in its folder");
                let node = self.names[from];
                self.name(from, Naming::Move(from.clone(), to.clone(), node));
            }
            Operation::MakeFolder(path) => {
                self.name(path, Naming::Add(path.clone(), Node::Folder));
            }
            Operation::Remove(path) | Operation::RemoveFolder(path) => {
                self.name(path, Naming::Drop(path.clone()));
            }
            Operation::SyncFolder(folder) => {
                let (synced, pending) = std::mem::take(&mut self.pending)
                    .into_iter()
                    .partition(|(of, _)| of == folder);
                self.pending = pending;
                for (_, naming) in synced {
                    naming.apply(&mut self.synced_names);
                }
            }
            Operation::Promised(_) => {}
        }
    }

    /// Every disk that may be left below `root` when the power goes now.
    pub(super) fn left(&self, root: &Path) -> BTreeSet<Files> {
        let mut all = BTreeSet::new();
        assert!(self.pending.len() < 12, "{:?}", self.pending);
        for chosen in 0..1_u32 << self.pending.len() {
            let mut names = self.synced_names.clone();
            for (bit, (_, naming)) in self.pending.iter().enumerate() {
                if chosen >> bit & 1 == 1 {
                    naming.apply(&mut names);
                }
            }
            let is_there = |path: &Path| {
                let above = path.ancestors().skip(1);
                above
                    .take_while(|folder| *folder != root)
                    .all(|folder| names.get(folder) == Some(&Node::Folder))
            };
            let mut made = BTreeSet::from([Files::new()]);
            for (path, node) in &names {
                let Node::File(index) = node else { continue };
                if !is_there(path) {
                    continue;
                }
                made = made
                    .iter()
                    .flat_map(|files| {
                        self.contents[*index].left().map(|content| {
                            let mut files = files.clone();
                            files.insert(path.clone(), content);
                            files
                        })
                    })
                    .collect();
            }
            all.extend(made);
        }
        all
    }
}

impl Content {
    /// What may be left of it: for disks that make room before they write, zeros too.
    fn left(&self) -> [Vec<u8>; 5] {
        if self.written == self.synced {
            return std::array::from_fn(|_| self.synced.clone());
        }
        [
            self.synced.clone(),
            self.written.clone(),
            self.written[..self.written.len() / 2].to_vec(),
            vec![0; self.written.len()],
            Vec::new(),
        ]
    }
}
