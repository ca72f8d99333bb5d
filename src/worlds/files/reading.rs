//! From what a user opened to images, slice by slice, whatever the format.
//!
//! First everything that is compressed with gzip is unpacked; then the first bytes of every file say what it is; then
//! one format is read; last its values are looked at as a whole. Dropping a [`Reading`] cancels it. Absent: the
//! formats themselves.

use super::array_files::ArrayFiles;
use super::format::Format;
use super::idx_files::IdxFiles;
use super::images::{Images, RawImages};
use super::input::{Bytes, Input, UnpackedFile};
use super::labels;
use super::names::{self, Role};
use super::pictures::Pictures;
use super::pixels::Survey;
use super::read_options::ReadOptions;
use super::table::{self, Table};
use super::{MAX_BYTES, MAX_TOTAL};
use crate::engine::Error;
use crate::worlds::LeftOut;
use crate::worlds::inflate::{Inflating, is_gzip, too_long};
use crate::worlds::kind::Preparation;
use std::sync::Arc;

/// What every file is called in refusals of its length.
const WHAT: &str = "a file of patterns";

/// Files being read: items of progress, and the images last.
pub struct Reading {
    input: Arc<Input>,
    how: ReadOptions,
    stage: Stage,
}

/// How far reading has come.
enum Stage {
    Unpacking(Box<Unpack>),
    Reading(Box<Reader>),
    Surveying(Box<(RawImages, Survey)>),
    Over,
}

/// Files being unpacked, one after the other.
#[derive(Default)]
struct Unpack {
    /// The file that is unpacked now.
    next: usize,
    inflating: Option<Inflating<Arc<[u8]>>>,
    plain: Vec<UnpackedFile>,
}

/// One format being read, and what is no part of it.
struct Reader {
    format: OpenedFiles,
    /// The labels beside them, in another format or another table.
    labels: Option<UnpackedFile>,
    left_out: Option<LeftOut>,
}

/// Files of one format.
enum OpenedFiles {
    Idx(IdxFiles),
    Arrays(Box<ArrayFiles>),
    Table(Table),
    Pictures(Pictures),
}

impl Reading {
    /// Nothing is read yet.
    pub fn new(input: Arc<Input>, how: ReadOptions) -> Self {
        Self {
            input,
            how,
            stage: Stage::Unpacking(Box::default()),
        }
    }

    /// Reads to the end.
    pub fn finish(self) -> Result<Images, Error> {
        let mut ready = self.filter_map(|step| match step {
            Preparation::UnderWay(_) => None,
            Preparation::Ready(result) => Some(result),
        });
        ready
            .next()
            .expect("the last item is what was read, or why not")
    }

    /// Reads a slice more; the images once all is read.
    fn step(&mut self) -> Result<Option<Images>, Error> {
        match &mut self.stage {
            Stage::Unpacking(unpack) => {
                if unpack.next < self.input.files().len() {
                    unpack.step(&self.input)?;
                } else {
                    let plain = std::mem::take(&mut unpack.plain);
                    self.stage = Stage::Reading(Box::new(Reader::new(plain, self.how)?));
                }
            }
            Stage::Reading(reader) => {
                if let Some(mut raw) = reader.step()? {
                    let survey = raw.survey();
                    self.stage = Stage::Surveying(Box::new((raw, survey)));
                }
            }
            Stage::Surveying(both) => {
                if let Some(surveyed) = both.1.step()?
                    && let Stage::Surveying(both) = std::mem::replace(&mut self.stage, Stage::Over)
                {
                    return Ok(Some(both.0.with(surveyed)));
                }
            }
            Stage::Over => {}
        }
        Ok(None)
    }

    /// How much is done, 0 to 1: unpacking counts for the first half where there is any, the survey for the last tenth.
    fn done(&self) -> f32 {
        let files = self.input.files();
        let packed = files.iter().any(|file| is_gzip(&file.bytes));
        let unpacked = if packed { 0.5 } else { 0.0 };
        match &self.stage {
            Stage::Unpacking(unpack) => {
                let this = unpack.inflating.as_ref().map_or(0.0, Inflating::done);
                unpacked * (unpack.next as f32 + this) / files.len() as f32
            }
            Stage::Reading(reader) => unpacked + (0.9 - unpacked) * reader.done(),
            Stage::Surveying(both) => 0.9 + 0.1 * both.1.done(),
            Stage::Over => 1.0,
        }
    }

    /// What is wrong, with the name of what was opened in front.
    fn named(&self, why: Error) -> Error {
        match &why {
            Error::In { source_name, .. } if source_name == self.input.name() => why,
            _ => why.in_source(self.input.name()),
        }
    }
}

impl Iterator for Reading {
    type Item = Preparation<Images>;

    fn next(&mut self) -> Option<Self::Item> {
        if matches!(self.stage, Stage::Over) {
            return None;
        }
        match self.step() {
            Ok(None) => Some(Preparation::UnderWay(self.done())),
            Ok(Some(images)) => Some(Preparation::Ready(Ok(images))),
            Err(why) => {
                self.stage = Stage::Over;
                Some(Preparation::Ready(Err(self.named(why))))
            }
        }
    }
}

impl Unpack {
    /// Unpacks a slice more of the next file, or takes it as it is.
    fn step(&mut self, input: &Input) -> Result<(), Error> {
        let file = &input.files()[self.next];
        let named = |why: Error| why.in_source(file.name.clone());
        let bytes = match &mut self.inflating {
            None if !is_gzip(&file.bytes) => {
                if file.bytes.len() > MAX_BYTES {
                    let length = format!("{} MiB", file.bytes.len() >> 20);
                    return Err(named(too_long(WHAT, MAX_BYTES, &length)));
                }
                Bytes::Shared(Arc::clone(&file.bytes))
            }
            None => {
                let so_far: usize = self.plain.iter().map(|file| file.bytes.len()).sum();
                let limit = MAX_BYTES.min(MAX_TOTAL.saturating_sub(so_far));
                let bytes = Arc::clone(&file.bytes);
                self.inflating = Some(Inflating::gzip(bytes, limit, WHAT));
                return Ok(());
            }
            Some(inflating) => {
                if !inflating.step().map_err(named)? {
                    return Ok(());
                }
                let inflating = self.inflating.take();
                Bytes::Own(inflating.map_or_else(Vec::new, Inflating::into_plain))
            }
        };
        self.next += 1;
        self.plain.push(UnpackedFile {
            name: file.name.clone(),
            bytes,
        });
        Ok(())
    }
}

impl Reader {
    /// Finds out what the files are; refused unless they are of one format.
    fn new(files: Vec<UnpackedFile>, how: ReadOptions) -> Result<Self, Error> {
        let of = |format: Format| match format {
            Format::Zip => Format::Npy,
            other => other,
        };
        let format = the_format(&files, of)?;
        let format_name = format.name();
        let (files, mut others): (Vec<UnpackedFile>, Vec<UnpackedFile>) = files
            .into_iter()
            .partition(|file| of(Format::of(&file.bytes)) == format);
        let format = match format {
            Format::Idx => OpenedFiles::Idx(IdxFiles::new(files)?),
            Format::Npy | Format::Zip => OpenedFiles::Arrays(Box::new(ArrayFiles::new(files)?)),
            Format::Picture => OpenedFiles::Pictures(Pictures::new(files, how.side)),
            Format::Text | Format::Other => {
                let (table, beside) = the_table(files)?;
                others.extend(beside);
                OpenedFiles::Table(Table::new(table.bytes, how.label_column))
            }
        };
        let labels = the_labels(&mut others);
        let why = format!("the patterns are read from {format_name}");
        let names: Vec<&str> = others.iter().map(|file| file.name.as_str()).collect();
        Ok(Self {
            format,
            labels,
            left_out: names::left_out("file", &names, &why),
        })
    }

    fn done(&self) -> f32 {
        match &self.format {
            OpenedFiles::Idx(_) => 0.5,
            OpenedFiles::Arrays(arrays) => arrays.done(),
            OpenedFiles::Table(table) => table.done(),
            OpenedFiles::Pictures(pictures) => pictures.done(),
        }
    }

    fn step(&mut self) -> Result<Option<RawImages>, Error> {
        let read = match &mut self.format {
            OpenedFiles::Idx(files) => files.step(),
            OpenedFiles::Arrays(arrays) => arrays.step(),
            OpenedFiles::Table(table) => table.step(),
            OpenedFiles::Pictures(pictures) => pictures.step(),
        };
        let Some(mut raw) = read? else {
            return Ok(None);
        };
        if let Some(file) = self.labels.take() {
            raw = if raw.labels.is_none() {
                let labels = labels::of_file(&file, raw.len());
                raw.labelled(&file.name, labels)
            } else {
                let why = "the patterns have labels already";
                raw.left_out
                    .extend(names::left_out("file", &[&file.name], why));
                raw
            };
        }
        raw.left_out.extend(self.left_out.take());
        Ok(Some(raw))
    }
}

/// The one table among files of text, and the others; refused where several may be it.
fn the_table(files: Vec<UnpackedFile>) -> Result<(UnpackedFile, Vec<UnpackedFile>), Error> {
    let all = files.len();
    let is = |file: &UnpackedFile, role| names::role(&file.name) == role;
    let labels = |file: &UnpackedFile| is(file, Some(Role::Labels));
    let named = |file: &UnpackedFile| is(file, Some(Role::Images));
    let only = |fits: &dyn Fn(&UnpackedFile) -> bool| {
        let mut places = (0..all).filter(|place| fits(&files[*place]));
        places.next().filter(|_| places.next().is_none())
    };
    let wide = |file: &UnpackedFile| table::is_wide(&file.bytes);
    let found = (only(&|_| true).or_else(|| only(&|file| !labels(file))))
        .or_else(|| only(&named))
        .or_else(|| only(&wide));
    let Some(found) = found else {
        return Err(Error::Format {
            expected: "a folder of patterns holds one table, or pictures, arrays or IDX files"
                .to_owned(),
            found: format!("this one holds {all} files of text; open one of them"),
        });
    };
    let mut files = files;
    Ok((files.remove(found), files))
}

/// Takes the one file of labels out of `others`, if there is one and no other.
fn the_labels(others: &mut Vec<UnpackedFile>) -> Option<UnpackedFile> {
    let is_labels = |file: &UnpackedFile| names::role(&file.name) == Some(Role::Labels);
    let mut places = (0..others.len()).filter(|place| is_labels(&others[*place]));
    let only = places.next().filter(|_| places.next().is_none())?;
    Some(others.remove(only))
}

/// The one format that patterns are read from: what is neither text nor unknown, if anything is.
fn the_format(files: &[UnpackedFile], of: impl Fn(Format) -> Format) -> Result<Format, Error> {
    let formats: Vec<Format> = files
        .iter()
        .map(|file| of(Format::of(&file.bytes)))
        .collect();
    let named = |format: Format| {
        let place = formats.iter().position(|other| *other == format);
        place.map(|place| (format, &files[place].name))
    };
    let found: Vec<(Format, &String)> = [Format::Idx, Format::Npy, Format::Picture]
        .into_iter()
        .filter_map(named)
        .collect();
    match (found.as_slice(), named(Format::Text)) {
        (&[(format, _)], _) => Ok(format),
        ([], Some(_)) => Ok(Format::Text),
        ([], None) => {
            let head: Vec<String> = files
                .iter()
                .flat_map(|file| file.bytes.iter().take(4))
                .take(4)
                .map(|byte| format!("{byte:02x}"))
                .collect();
            Err(Error::Format {
                expected: "patterns are read from IDX, NPY, NPZ, PNG, JPEG or a table as text"
                    .to_owned(),
                found: if head.is_empty() {
                    "there is nothing in it".to_owned()
                } else {
                    format!("this is none of them and starts with {}", head.join(" "))
                },
            })
        }
        (several, _) => {
            let several: Vec<String> = several
                .iter()
                .map(|(format, name)| format!("{} ({name})", format.name()))
                .collect();
            Err(Error::Format {
                expected: "files opened together are of one format".to_owned(),
                found: format!("these are {}", several.join(" and ")),
            })
        }
    }
}

#[cfg(test)]
#[path = "reading_tests.rs"]
mod tests;
