//! What becomes of files, by what they hold: a session, a report, a lesson, a picture, a table of the lab, couplings, or
//! patterns.

use super::FileNews;
use crate::app::documents::ENDING;
use crate::edge::open;
use crate::edge::world_files::open_world;
use crate::engine::Error;
use crate::export::embedded;
use crate::lab::ecsv;
use crate::lessons::Lesson;
use crate::session::{Command, Document, LabRequest, LabTableRead, MAX_DOCUMENT, OutsideFile};
use crate::worlds::files::{ReadCouplings, read_couplings};
use crate::worlds::{Ink, World};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What to do with what is at `paths`, while patterns have `n_units` units.
pub(super) fn read(paths: &[PathBuf], n_units: usize) -> Result<FileNews, Error> {
    if let [path] = paths
        && open::begins(path, |head| head.starts_with(b"<!doctype html"))
    {
        let report = read_report(path);
        let report = report.map_err(|why| why.in_source(path.display().to_string()))?;
        return Ok(FileNews::Report(Box::new(report)));
    }
    if let [path] = paths
        && is_session(path)
    {
        return read_session(path, None);
    }
    if let [path] = paths {
        let lessons = read_lessons(path)?;
        if !lessons.is_empty() {
            return Ok(FileNews::Lessons(lessons));
        }
    }
    read_data(paths, n_units).map(FileNews::Do)
}

/// The lesson at `path`, or those in the folder that is there; none where there is no lesson.
fn read_lessons(path: &Path) -> Result<Vec<Lesson>, Error> {
    let mut files = open::ending_in(path, "md");
    if !open::is_folder(path) {
        files.push(path.to_owned());
    }
    let lessons = files
        .iter()
        .filter(|file| open::begins(file, Lesson::is_one));
    let lessons = lessons.map(|file| {
        let lesson = Lesson::of_file(file, open::read_at_most);
        lesson.map_err(|why| why.in_source(file.display().to_string()))
    });
    lessons.collect()
}

/// Whether the file at `path` is to be read as a session, by its name or its beginning, whatever comes of it.
fn is_session(path: &Path) -> bool {
    let named = path.extension().is_some_and(|ending| ending == ENDING);
    (named && open::is_file(path)) || open::begins(path, Document::is_one)
}

/// The session in a file, with the large files that it does not carry, of which one may have been `chosen`.
pub(super) fn read_session(path: &Path, chosen: Option<&Path>) -> Result<FileNews, Error> {
    match read_document(path, chosen) {
        Ok(document) => Ok(FileNews::Opened(path.to_owned(), Box::new(document))),
        Err(why) if why.missing_file().is_some() => Ok(FileNews::Missing(path.to_owned(), why)),
        Err(why) => Err(why),
    }
}

/// The same as a document.
pub(super) fn read_document(path: &Path, chosen: Option<&Path>) -> Result<Document, Error> {
    let bytes = open::read_at_most(path, MAX_DOCUMENT);
    let document = bytes.and_then(|bytes| Document::of_bytes_with(&bytes, &beside(path, chosen)));
    document.map_err(|why| why.in_source(path.display().to_string()))
}

/// The session in a report.
fn read_report(path: &Path) -> Result<Document, Error> {
    let bytes = open::read_at_most(path, MAX_DOCUMENT)?;
    let text = String::from_utf8_lossy(&bytes);
    let document = embedded(&text).ok_or_else(|| Error::Format {
        expected: "a page opens as the session that a report holds".to_owned(),
        found: "there is none in this one".to_owned(),
    })?;
    Document::of_json_with(document, &beside(path, None))
}

/// Looks for large files beside what is at `path`, or at what was `chosen`.
fn beside<'a>(
    path: &'a Path,
    chosen: Option<&'a Path>,
) -> impl Fn(&OutsideFile) -> Option<Vec<u8>> + 'a {
    move |file| {
        let places: Vec<&Path> = chosen.into_iter().chain([path]).collect();
        open::find(&places, &file.opened, &file.name, file.bytes)
    }
}

/// The same with files that are no sessions.
fn read_data(paths: &[PathBuf], n_units: usize) -> Result<Command, Error> {
    let name = paths.first().map(|path| path.display().to_string());
    let name = name.unwrap_or_default();
    let input = open::input(paths).map_err(|problem| problem.in_source(&name))?;
    if let [file] = input.files()
        && !paths.iter().any(|path| open::is_folder(path))
        && is_picture(&file.bytes)
    {
        return Ok(Command::OpenPicture {
            name,
            bytes: Arc::clone(&file.bytes),
            ink: Ink::Auto,
        });
    }
    if let [file] = input.files()
        && ecsv::is_table(&file.bytes)
    {
        let table = LabTableRead::of(&file.bytes, &open_world)
            .map_err(|problem| problem.in_source(&name))?;
        return Ok(Command::Lab(LabRequest::Show(table)));
    }
    if let [file] = input.files()
        && file.bytes.starts_with(b"\x93NUMPY")
        && let Ok(ReadCouplings { couplings, remarks }) = read_couplings(&file.bytes)
        && couplings.n_units() == n_units
    {
        return Ok(Command::UseCouplings {
            name,
            couplings: Arc::new(couplings),
            remarks,
        });
    }
    let world = World::of_files(Arc::new(input));
    Ok(Command::OpenWorld(Box::new(world)))
}

/// Whether bytes start as PNG or JPEG do.
fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG") || bytes.starts_with(&[0xff, 0xd8, 0xff])
}
