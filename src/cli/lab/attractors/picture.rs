//! A wheel or a plane: a start a pixel, written row of pixels by row.

use super::asked::Question;
use super::part_of;
use super::sink::{Groups, Sink};
use super::summary::Summary;
use crate::cli::lab::{Lab, Report, json_line};
use crate::cli::{in_flag, progress};
use crate::engine::Error;
use crate::engine::attractors::Catalogue;
use crate::lab::portraits::table::{TablePixel, picture_columns, pixels, rows_inside};
use crate::lab::portraits::{Landmark, PortraitRecipe, ProbedMemory, StartPlane};
use crate::trial::Start;
use std::collections::BTreeSet;

/// Pixels along a side where nobody says.
const USUAL_SIDE: usize = 64;

/// What stands on a rim or at corners: `stored:0,random:7,…`.
fn landmarks(text: &str, flag: &'static str, seed: u64) -> Result<Vec<Landmark>, Error> {
    let starts = text.split(',').filter(|it| !it.is_empty());
    let starts = starts.map(|it| Start::parse(it, seed).map(Landmark::Start));
    starts.collect::<Result<_, _>>().map_err(in_flag(flag))
}

/// The picture that is asked for.
fn recipe(lab: &Lab, memory: &ProbedMemory) -> Result<PortraitRecipe, Error> {
    let seed = memory.seed;
    let random = |count: u64| {
        let seeds = (0..count).filter(|_| memory.patterns.is_empty());
        let random = seeds.map(|k| {
            Landmark::Start(Start::Random {
                seed: seed.wrapping_add(k),
            })
        });
        random.collect::<Vec<Landmark>>()
    };
    Ok(if lab.what == "plane" {
        let corners = match &lab.corners {
            Some(text) => landmarks(text, "--corners", seed)?,
            None => random(3),
        };
        PortraitRecipe::Plane { corners }
    } else {
        let rim = match &lab.rim {
            Some(text) => landmarks(text, "--rim", seed)?,
            None => random(10),
        };
        PortraitRecipe::Wheel { rim }
    })
}

/// A wheel or a plane, row of pixels by row.
pub(super) fn report(
    lab: &Lab,
    question: &Question,
    mut notes: Vec<String>,
) -> Result<Report, Error> {
    let memory = &question.memory;
    let recipe = recipe(lab, memory)?;
    let side = lab.side.unwrap_or(USUAL_SIDE);
    let source = memory.source.as_deref();
    let plane = recipe.plane(&memory.patterns, source, memory.seed)?;
    let standing: Vec<String> = plane.landmarks().iter().map(ToString::to_string).collect();
    let key = if lab.what == "plane" {
        "corners"
    } else {
        "rim"
    };
    let own = [(key, standing.join(",")), ("side", side.to_string())];
    let columns = picture_columns();
    let header = question.written.header(&columns, &lab.what, &own);
    let all = rows_inside(&recipe, side);
    let range = part_of(lab.shard, &all);
    let portrait = plane.portrait();
    let is_inside = |x: usize, y: usize| portrait.pixel_start(side, x, y).is_some();
    let inside = |y: usize| (0..side).filter(move |x| is_inside(*x, y));
    let groups = Groups {
        name: "rows of pixels",
        range: range.clone(),
        places: &|y| inside(y).map(|x| [x, y]).collect(),
    };
    let mut out = Sink::of(lab, &header, &groups, &mut notes)?;
    let (mut catalogue, mut line) = (Catalogue::default(), progress::Line::new("lab"));
    let first = range.start + out.n_known;
    for y in first..range.end {
        let row = pixels(memory, &plane, (side, y), &mut catalogue);
        out.take(row)?;
        line.show((y + 1 - range.start) as f32 / range.len().max(1) as f32);
    }
    line.clear();
    let known = out.finish(&mut notes)?;
    remember(memory, &plane, side, &known, &mut catalogue)?;
    let is_whole = range == all;
    let summary = Summary::of(&known, &catalogue);
    if lab.json {
        let n_units = memory.batch.memory().n_units();
        let command = question.written.command(&lab.what, &own);
        let object = summary.json(&command, is_whole.then_some((side, n_units)), &known)?;
        return Ok(Report::new(json_line(&object), notes));
    }
    if lab.out.is_some() {
        return Ok(Report::new(summary.text(), notes));
    }
    notes.push(summary.text().trim_end().to_owned());
    Ok(Report::new(String::new(), notes))
}

/// Settles one start of every label that was read from a file, so that it is known what that is. Refused: a label that its
/// start does not come to.
fn remember(
    memory: &ProbedMemory,
    plane: &StartPlane,
    side: usize,
    known: &[TablePixel],
    catalogue: &mut Catalogue,
) -> Result<(), Error> {
    let labels = |catalogue: &Catalogue| {
        let labels = catalogue.attractors().iter().map(|it| it.label.clone());
        labels.collect::<BTreeSet<String>>()
    };
    let mut met = labels(catalogue);
    let first = known.iter().filter(|pixel| met.insert(pixel.label.clone()));
    let starts = first.filter_map(|it| plane.portrait().pixel_start(side, it.x, it.y));
    let starts: Vec<_> = starts.collect();
    memory.endings(catalogue, &starts);
    let met = labels(catalogue);
    match known.iter().find(|pixel| !met.contains(&pixel.label)) {
        None => Ok(()),
        Some(TablePixel { x, y, label, .. }) => Err(Error::Format {
            expected: "rows say what their starts end in".to_owned(),
            found: format!("that of pixel {x}, {y} does not end in '{label}'"),
        }),
    }
}
