//! Which paths lead to the same file, so that no output overwrites what is read, or another output.
//!
//! Files that are there are told apart by what the system knows of them: links, `./` and letter case lead to the same
//! one. Of outputs that are not there yet, names that differ by case alone count as the same, as they are on some
//! systems. Absent: reading and writing.

use super::{open, write};
use crate::engine::Error;
use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// A path, and the flag that names it.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    flag: &'static str,
    path: PathBuf,
}

impl Named {
    /// What `flag` names.
    fn new(flag: &'static str, path: &Path) -> Self {
        Self {
            flag,
            path: path.to_owned(),
        }
    }

    /// What is wrong with it, with the flag and the path in front.
    fn refuse(&self, what: impl Into<String>) -> Error {
        let problem = Error::System(what.into()).in_source(self.path.display().to_string());
        problem.in_source(self.flag)
    }
}

/// What flags name, where they were given.
pub(crate) fn named<const N: usize>(flags: [(&'static str, Option<&Path>); N]) -> Vec<Named> {
    let named = |(flag, path): (&'static str, Option<&Path>)| Some(Named::new(flag, path?));
    flags.into_iter().filter_map(named).collect()
}

/// The same of flags that name files alone: whoever reads them refuses a folder.
pub(crate) fn files<const N: usize>(flags: [(&'static str, Option<&Path>); N]) -> Vec<Named> {
    let mut files = named(flags);
    files.retain(|file| !file.path.is_dir());
    files
}

/// What a command writes.
#[derive(Debug, Clone)]
pub(crate) enum Output {
    /// One file.
    File(Named),
    /// A folder that files are written into.
    Folder(Named),
}

/// Refuses, before any work is done, outputs that cannot be written, that are one of the inputs or one another, files in
/// a folder that is read, and a folder with a file that is read. What belongs to an input, as labels to images, is an
/// input too.
pub(crate) fn check_paths(inputs: &[Named], outputs: &[Output]) -> Result<(), Error> {
    outputs.iter().try_for_each(Output::check)?;
    check_distinct(inputs, outputs)
}

/// The same of outputs that can be written.
fn check_distinct(inputs: &[Named], outputs: &[Output]) -> Result<(), Error> {
    let mut all: Vec<Named> = inputs.to_vec();
    for input in inputs.iter().filter(|input| !input.path.is_dir()) {
        let files = open::listing(std::slice::from_ref(&input.path)).unwrap_or_default();
        let beside = |(_, path): (String, PathBuf)| Named::new(input.flag, &path);
        all.extend(files.into_iter().map(beside));
    }
    for (place, output) in outputs.iter().enumerate() {
        for input in &all {
            output.check_against(input)?;
        }
        for other in &outputs[..place] {
            let (this, other) = (output.named(), other.named());
            if Place::of(&this.path).is_same_output(&Place::of(&other.path)) {
                return Err(this.refuse(format!("this is what {} writes", other.flag)));
            }
        }
    }
    Ok(())
}

impl Output {
    /// The files that flags name, where they were given.
    pub(crate) fn files<const N: usize>(flags: [(&'static str, Option<&Path>); N]) -> Vec<Self> {
        named(flags).into_iter().map(Self::File).collect()
    }

    /// The same of folders.
    pub(crate) fn folders<const N: usize>(flags: [(&'static str, Option<&Path>); N]) -> Vec<Self> {
        named(flags).into_iter().map(Self::Folder).collect()
    }

    /// Refuses what cannot be written.
    fn check(&self) -> Result<(), Error> {
        let checked = match self {
            Self::File(named) => write::check_file(&named.path),
            Self::Folder(named) => write::check_folder(&named.path),
        };
        checked.map_err(|problem| problem.in_source(self.named().flag))
    }

    fn named(&self) -> &Named {
        match self {
            Self::File(named) | Self::Folder(named) => named,
        }
    }

    /// Refuses to write over `input`, or where it would be read the next time.
    fn check_against(&self, input: &Named) -> Result<(), Error> {
        let named = self.named();
        let (target, source) = (Place::of(&named.path), Place::of(&input.path));
        if target.is_device {
            return Ok(());
        }
        if target.is_same(&source) {
            return Err(named.refuse(format!("this is what {} reads", input.flag)));
        }
        if input.path.is_dir() && target.resolved.starts_with(&source.resolved) {
            return Err(named.refuse(format!("this lies in the folder that {} reads", input.flag)));
        }
        let holds = !input.path.is_dir() && source.resolved.parent() == Some(&*target.resolved);
        if matches!(self, Self::Folder(_)) && holds {
            let name = input.path.display();
            return Err(named.refuse(format!("this holds {name}, which {} reads", input.flag)));
        }
        Ok(())
    }
}

/// Where a path leads.
struct Place {
    /// Without links, as far as it is there.
    resolved: PathBuf,
    /// What the system calls the file there.
    file: Option<FileId>,
    is_there: bool,
    /// A device or a pipe, which takes whatever is written, twice or not.
    is_device: bool,
}

/// Device and number of a file.
type FileId = (u64, u64);

impl Place {
    fn of(path: &Path) -> Self {
        let about = fs::metadata(path).ok();
        Self {
            resolved: resolved(path),
            is_there: about.is_some(),
            is_device: about
                .as_ref()
                .is_some_and(|it| !it.is_file() && !it.is_dir()),
            #[cfg(unix)]
            file: about.as_ref().map(file_id),
            #[cfg(not(unix))]
            file: None, // links are followed by the path alone
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        self.resolved == other.resolved || (self.file.is_some() && self.file == other.file)
    }

    fn is_same_output(&self, other: &Self) -> bool {
        let folded = |place: &Self| place.resolved.to_string_lossy().to_lowercase();
        let is_new = !self.is_there && !other.is_there;
        !self.is_device && (self.is_same(other) || (is_new && folded(self) == folded(other)))
    }
}

#[cfg(unix)]
fn file_id(about: &fs::Metadata) -> FileId {
    use std::os::unix::fs::MetadataExt as _;
    (about.dev(), about.ino())
}

/// `path` without links and dots: what is there of it by the system, the rest by its words.
fn resolved(path: &Path) -> PathBuf {
    let here = Path::new(".");
    let mut rest: Vec<OsString> = Vec::new();
    let mut above = path;
    loop {
        let known = if above.as_os_str().is_empty() {
            here
        } else {
            above
        };
        if let Ok(mut known) = fs::canonicalize(known) {
            for part in rest.iter().rev() {
                match Path::new(part).components().next() {
                    Some(Component::ParentDir) => drop(known.pop()),
                    Some(Component::Normal(name)) => known.push(name),
                    _ => {}
                }
            }
            return known;
        }
        let Some(last) = above.components().next_back() else {
            return path.to_owned();
        };
        rest.push(last.as_os_str().to_owned());
        match above.parent() {
            Some(parent) => above = parent,
            None => return path.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::write;

    /// Whether writing `output` while `input` is read is refused, and how.
    fn refusal(input: &Path, output: Output) -> Option<String> {
        let inputs = [Named::new("--in", input)];
        let refused = check_distinct(&inputs, &[output]).err();
        refused.map(|problem| problem.to_string())
    }

    fn file(path: &Path) -> Output {
        Output::File(Named::new("--out", path))
    }

    #[test]
    fn the_same_file_by_other_names() {
        let scratch = tempfile::tempdir().unwrap();
        let root = scratch.path();
        let input = root.join("X.npy");
        write::file(&input, b"x").unwrap();
        let sub = root.join("new/../X.npy");
        for same in [&input, &root.join("./X.npy"), &sub] {
            let said = refusal(&input, file(same)).unwrap_or_else(|| panic!("{same:?}"));
            assert!(said.starts_with("--out: "), "{said}");
            assert!(said.ends_with("X.npy: this is what --in reads"), "{said}");
        }
        for other in ["Y.npy", "X.npz", "new/X.npy"] {
            assert_eq!(refusal(&input, file(&root.join(other))), None, "{other}");
        }
        assert_eq!(refusal(&root.join("gone"), file(&input)), None);
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_to_the_same_file() {
        let scratch = tempfile::tempdir().unwrap();
        let (input, soft, hard) = (
            scratch.path().join("X.npy"),
            scratch.path().join("soft"),
            scratch.path().join("hard"),
        );
        write::file(&input, b"x").unwrap();
        std::os::unix::fs::symlink(&input, &soft).unwrap();
        fs::hard_link(&input, &hard).unwrap();
        for link in [&soft, &hard] {
            assert!(refusal(&input, file(link)).is_some(), "{link:?}");
            assert!(refusal(link, file(&input)).is_some(), "{link:?}");
        }
        let null = Path::new("/dev/null");
        assert_eq!(refusal(null, file(null)), None, "a device takes everything");
        let twice = ["--a", "--b"].map(|flag| Output::File(Named::new(flag, null)));
        assert_eq!(check_distinct(&[], &twice), Ok(()));
    }

    #[test]
    fn folders_that_are_read_and_folders_with_what_is_read() {
        let scratch = tempfile::tempdir().unwrap();
        let (root, folder) = (scratch.path(), scratch.path().join("in"));
        let labels = folder.join("a-labels");
        write::folder(&folder, &[("a-images".to_owned(), b"x".to_vec())]).unwrap();
        write::file(&labels, b"x").unwrap();
        let into = |path: &Path| Output::Folder(Named::new("--out", path));
        let said = |refused: Option<String>| refused.expect("refused");
        assert!(said(refusal(&folder, into(&folder))).ends_with("this is what --in reads"));
        for inside in [into(&folder.join("new")), file(&folder.join("J.npy"))] {
            let said = said(refusal(&folder, inside));
            assert!(
                said.ends_with("lies in the folder that --in reads"),
                "{said}"
            );
        }
        let image = folder.join("a-images");
        assert!(said(refusal(&image, into(&folder))).contains("this holds "));
        let said = said(refusal(&image, file(&labels)));
        assert!(
            said.ends_with("this is what --in reads"),
            "labels are read too: {said}"
        );
        assert_eq!(refusal(&folder, into(root)), None);
        assert_eq!(refusal(&image, into(&root.join("out"))), None);
    }

    #[test]
    fn outputs_are_compared_with_each_other() {
        let scratch = tempfile::tempdir().unwrap();
        let both = |one: &str, other: &str| {
            let output =
                |flag, name: &str| Output::File(Named::new(flag, &scratch.path().join(name)));
            let outputs = [output("--out", one), output("--labels", other)];
            check_distinct(&[], &outputs).map_err(|why| why.to_string())
        };
        for (one, other) in [("A", "A"), ("A", "./A"), ("A", "a"), ("n/../A", "A")] {
            let said = both(one, other).expect_err(one);
            assert!(said.ends_with("this is what --out writes"), "{said}");
        }
        assert_eq!(both("A", "B"), Ok(()));
    }
}
