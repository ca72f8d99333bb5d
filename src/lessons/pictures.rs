//! Pictures of lessons: those of the gallery by name, and a teacher's own, in files beside that of the lesson.
//!
//! Absent: reading files; the caller brings their bytes.

use super::{Block, Lesson};
use crate::assets;
use crate::engine::Error;
use image::{DynamicImage, ImageFormat, ImageReader, Limits};
use std::io::Cursor;
use std::path::{Component, Path};
use std::sync::Arc;

/// What the source of a picture of the gallery begins with.
const GALLERY: &str = "gallery:";

/// The most bytes of a file with a picture.
pub(super) const MAX_LESSON_PICTURE: u64 = 8 << 20;

/// The most pictures of one lesson.
const MOST: usize = 40;

/// The most pixels along a side of a picture that is read, and of what is kept of it.
const READ: u32 = 4096;
const KEPT: u32 = 800;

/// Refuses a source of a picture that is neither one of the gallery nor a file beside the lesson.
pub(super) fn check_source(source: &str) -> Result<(), Error> {
    if let Some(name) = source.strip_prefix(GALLERY) {
        let known = assets::GALLERY.iter().map(assets::name_of);
        if assets::picture(name).is_some() {
            return Ok(());
        }
        return Err(Error::Unknown {
            kind: "picture of the gallery",
            name: name.to_owned(),
            known: known.collect::<Vec<_>>().join(", "),
        });
    }
    let path = Path::new(source);
    let beside = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let ending = path.extension().and_then(|ending| ending.to_str());
    let ending = ending.map(str::to_ascii_lowercase);
    let is_picture = ending.is_some_and(|it| ["png", "jpg", "jpeg"].contains(&&*it));
    if beside && is_picture && !source.contains(':') {
        return Ok(());
    }
    Err(Error::Format {
        expected: "a picture of a lesson is gallery:NAME, or a PNG or JPEG file beside the lesson"
            .to_owned(),
        found: format!("this one is '{source}'"),
    })
}

impl Lesson {
    /// The picture of this source, PNG, at most 800 × 800 pixels, unless it is one of the teacher's own that was not read.
    pub fn picture(&self, source: &str) -> Option<&[u8]> {
        if let Some(name) = source.strip_prefix(GALLERY) {
            return assets::picture(name)?.bytes().ok();
        }
        let own = self.pictures.iter().find(|(name, _)| name == source);
        own.map(|(_, bytes)| &**bytes)
    }

    /// The lesson with its own pictures, whose files, PNG or JPEG, `read` reads by their names beside the lesson. Refused, by
    /// name: what is not read, what is no picture or more than 4,096 pixels wide or high, more than 40 pictures.
    pub(super) fn with_pictures(
        mut self,
        read: impl Fn(&str) -> Result<Vec<u8>, Error>,
    ) -> Result<Self, Error> {
        let sources = self.blocks.iter().filter_map(|block| match block {
            Block::Picture { source, .. } if !source.starts_with(GALLERY) => Some(source.clone()),
            _ => None,
        });
        let sources: Vec<String> = sources.collect();
        if sources.len() > MOST {
            return Err(Error::Range {
                setting: "the number of pictures of a lesson",
                range: format!("at most {MOST}"),
                value: sources.len().to_string(),
            });
        }
        let kept = sources.into_iter().map(|source| {
            let bytes = read(&source).and_then(|bytes| reduced(&bytes));
            let bytes = bytes.map_err(|why| why.in_source(&source))?;
            Ok((source, Arc::from(bytes)))
        });
        self.pictures = kept.collect::<Result<_, Error>>()?;
        Ok(self)
    }
}

/// A picture as PNG, no larger than is kept.
fn reduced(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let image = decoded(bytes).map_err(|why| Error::Format {
        expected: format!("a picture is PNG or JPEG, at most {READ} × {READ} pixels"),
        found: format!("reading it fails: {why}"),
    })?;
    let image = if image.width().max(image.height()) > KEPT {
        image.thumbnail(KEPT, KEPT)
    } else {
        image
    };
    let mut png = Cursor::new(Vec::new());
    let image = DynamicImage::ImageRgba8(image.to_rgba8());
    let written = image.write_to(&mut png, ImageFormat::Png);
    written.map_err(|why| Error::System(why.to_string()))?;
    Ok(png.into_inner())
}

fn decoded(bytes: &[u8]) -> image::ImageResult<DynamicImage> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(READ);
    limits.max_image_height = Some(READ);
    reader.limits(limits);
    reader.decode()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let image = DynamicImage::new_luma8(width, height);
        image.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    fn lesson(source: &str) -> Result<Lesson, Error> {
        let text = format!(
            "---\ntitle: T\nquestion: Q\nminutes: 1\nstart: set world=mnist\n---\n\nBefore ![A view]({source}) after.\n"
        );
        Lesson::parse("own", &text)
    }

    #[test]
    fn a_picture_stands_between_what_is_written_around_it() {
        let lesson = lesson("gallery:wheel").unwrap();
        let [
            Block::Text(_),
            Block::Picture { source, says },
            Block::Text(_),
        ] = &lesson.blocks[..]
        else {
            panic!("{:?}", lesson.blocks)
        };
        assert_eq!((&**source, &**says), ("gallery:wheel", "A view"));
        assert!(
            lesson
                .picture(source)
                .is_some_and(|bytes| bytes.starts_with(b"\x89PNG"))
        );
    }

    #[test]
    fn own_pictures_are_read_beside_the_lesson_and_made_small() {
        let own = lesson("views/one.PNG").unwrap();
        assert_eq!(own.picture("views/one.PNG"), None);
        let own = own.with_pictures(|name| {
            assert_eq!(name, "views/one.PNG");
            Ok(png(1600, 400))
        });
        let own = own.unwrap();
        let kept = image::load_from_memory(own.picture("views/one.PNG").unwrap()).unwrap();
        assert_eq!((kept.width(), kept.height()), (800, 200));
    }

    #[test]
    fn what_is_no_picture_of_a_lesson_is_refused_in_a_sentence() {
        for source in [
            "../x.png",
            "/x.png",
            "x.svg",
            "http://a.org/x.png",
            "c:x.png",
        ] {
            let said = lesson(source).unwrap_err().to_string();
            assert!(said.contains(&format!("this one is '{source}'")), "{said}");
        }
        let said = lesson("gallery:wheels").unwrap_err().to_string();
        assert!(
            said.contains("no picture of the gallery 'wheels'; known: restore"),
            "{said}"
        );
        for bytes in [
            b"no picture".to_vec(),
            png(5000, 1),
            png(4, 4)[..40].to_vec(),
        ] {
            let read = lesson("x.png")
                .unwrap()
                .with_pictures(|_| Ok(bytes.clone()));
            let said = read.unwrap_err().to_string();
            assert!(
                said.starts_with("x.png: a picture is PNG or JPEG"),
                "{said}"
            );
        }
    }
}
