//! Where rows of pixels go, in their order; a file can be gone on with.

use crate::cli::lab::{Lab, print};
use crate::edge::append::Growing;
use crate::edge::open;
use crate::engine::Error;
use crate::lab::ecsv;
use crate::lab::portraits::StartPlane;
use crate::lab::portraits::table::TablePixel;
use std::ops::Range;

/// Where rows of pixels go.
pub(super) struct Sink {
    growing: Option<(Growing, String)>,
    prints: bool,
    pixels: Vec<TablePixel>,
    /// Rows of pixels that were there.
    pub(super) n_known: usize,
}

impl Sink {
    pub(super) fn of(
        lab: &Lab,
        header: &str,
        plane: &StartPlane,
        side: usize,
        range: &Range<usize>,
        notes: &mut Vec<String>,
    ) -> Result<Self, Error> {
        let Some(path) = &lab.out else {
            if !lab.json {
                print(header);
            }
            return Ok(Self {
                growing: None,
                prints: !lab.json,
                pixels: Vec::new(),
                n_known: 0,
            });
        };
        let name = path.display().to_string();
        let named = |problem: Error| problem.in_source(name.clone()).in_source("--out");
        let mut sink = Self {
            growing: None,
            prints: false,
            pixels: Vec::new(),
            n_known: 0,
        };
        let is_there = open::exists(path).map_err(named)?;
        if is_there && !lab.resume {
            let why = "this file is there; --resume goes on with it, or name another one";
            return Err(named(Error::System(why.to_owned())));
        }
        let bytes = if is_there {
            open::read(path).map_err(named)?
        } else {
            Vec::new()
        };
        if header.as_bytes().starts_with(&bytes) {
            let mut growing = if is_there {
                Growing::cut(path, 0)?
            } else {
                Growing::create(path)?
            };
            growing.append(header.as_bytes())?;
            sink.growing = Some((growing, name));
            return Ok(sink);
        }
        let body = bytes.strip_prefix(header.as_bytes()).ok_or_else(|| {
            named(Error::Format {
                expected: "the file that is gone on with is of the same recipe".to_owned(),
                found: "this one is of another".to_owned(),
            })
        })?;
        let whole = sink.read(body, plane, side, range).map_err(named)?;
        let count = sink.n_known;
        notes.push(format!(
            "{name}: {count} of {} rows of pixels were there",
            range.len()
        ));
        let growing = Growing::cut(path, (header.len() + whole) as u64)?;
        sink.growing = Some((growing, name));
        Ok(sink)
    }

    /// Takes in the rows of pixels that are whole; the length of their text.
    fn read(
        &mut self,
        body: &[u8],
        plane: &StartPlane,
        side: usize,
        range: &Range<usize>,
    ) -> Result<usize, Error> {
        let wrong = |line: usize| Error::Format {
            expected: "rows are those of the pixels of the recipe, in order".to_owned(),
            found: format!("row {line} is another one"),
        };
        let mut lines = body.split_inclusive(|byte| *byte == b'\n').enumerate();
        let (mut whole, mut length) = (0, 0);
        for y in range.clone() {
            let inside = (0..side).filter(|x| {
                let portrait = plane.portrait();
                portrait.pixel_start(side, *x, y).is_some()
            });
            let mut row = Vec::new();
            for x in inside {
                let Some((number, line)) = lines.next() else {
                    return Ok(whole);
                };
                let Some(text) = line.strip_suffix(b"\n") else {
                    return Ok(whole);
                };
                let text = std::str::from_utf8(text).map_err(|_no_text| wrong(number + 1))?;
                let pixel = TablePixel::read(&ecsv::split(text));
                let pixel = pixel.filter(|pixel| (pixel.x, pixel.y) == (x, y));
                row.push(pixel.ok_or_else(|| wrong(number + 1))?);
                length += line.len();
            }
            self.pixels.extend(row);
            self.n_known += 1;
            whole = length;
        }
        match lines.next() {
            Some((number, _)) => Err(wrong(number + 1)),
            None => Ok(whole),
        }
    }

    pub(super) fn take(&mut self, row: Vec<TablePixel>) -> Result<(), Error> {
        let text: String = row.iter().map(|pixel| ecsv::line(&pixel.row())).collect();
        self.pixels.extend(row);
        if self.prints {
            print(&text);
        }
        match &mut self.growing {
            Some((growing, _)) => growing.append(text.as_bytes()),
            None => Ok(()),
        }
    }

    pub(super) fn finish(self, notes: &mut Vec<String>) -> Result<Vec<TablePixel>, Error> {
        if let Some((growing, name)) = self.growing {
            growing.finish()?;
            notes.push(format!("wrote {name}"));
        }
        Ok(self.pixels)
    }
}
