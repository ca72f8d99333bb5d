//! What was opened beside an alignment, file by file, in slices: the first structure that fits counts, and anything else
//! is left out, with the reason.

use super::family::Beside;
use super::fitting::{Fit, Fitting, MAX_TRIED};
use super::format::Format;
use super::manner::called;
use super::structure::{Structure, StructureReading};
use super::{Alignment, format_of};
use crate::engine::patterns::Letters;
use crate::worlds::LeftOut;
use crate::worlds::files::File;
use std::collections::VecDeque;

/// The most chains that are named where several are left out.
const MAX_NAMED: usize = 8;

/// Files beside an alignment, being looked at.
pub(super) struct Others {
    files: VecDeque<File>,
    now: Now,
    beside: Beside,
}

/// What is being done.
enum Now {
    Nothing,
    Reading(String, Box<StructureReading>),
    Fitting(String, Box<Fitting>),
}

impl Others {
    /// Begins with `files`.
    pub(super) fn new(files: VecDeque<File>) -> Self {
        Self {
            files,
            now: Now::Nothing,
            beside: Beside::default(),
        }
    }

    /// A few milliseconds' work; true once all files are looked at. Every step is given the same alignment.
    pub(super) fn step(&mut self, alignment: &Alignment) -> bool {
        self.now = match std::mem::replace(&mut self.now, Now::Nothing) {
            Now::Nothing => match self.files.pop_front() {
                None => return true,
                Some(file) => self.begin(file),
            },
            Now::Reading(file, mut reading) => match reading.step() {
                Ok(None) => Now::Reading(file, reading),
                Ok(Some(structure)) => self.found(file, structure, alignment),
                Err(why) => self.leave_out(&file, why.to_string()),
            },
            Now::Fitting(file, mut fitting) => {
                if fitting.step(alignment) {
                    match fitting.finish() {
                        Ok((structure, fit, untried)) => {
                            let left_out = parts_left_out(&structure, &fit, &untried, &file);
                            self.beside.left_out.extend(left_out);
                            self.beside.fitted = Some((file, structure, fit));
                            Now::Nothing
                        }
                        Err(why) => self.leave_out(&file, why.to_string()),
                    }
                } else {
                    Now::Fitting(file, fitting)
                }
            }
        };
        false
    }

    /// What was found.
    pub(super) fn finish(self) -> Beside {
        self.beside
    }

    fn begin(&mut self, file: File) -> Now {
        match format_of(&file.bytes) {
            None | Some(Format::Structure) => {
                let reading = StructureReading::new(file.bytes);
                Now::Reading(file.name, Box::new(reading))
            }
            Some(format) => match format.refusal() {
                Some(why) => self.leave_out(&file.name, why.to_string()),
                None => self.leave_out(&file.name, "there is an alignment already"),
            },
        }
    }

    fn found(&mut self, file: String, structure: Structure, alignment: &Alignment) -> Now {
        if alignment.letters() != Letters::PROTEIN {
            let family = called(alignment.letters());
            self.leave_out(
                &file,
                format!("a structure of amino acids, and the family is of {family}"),
            )
        } else if self.beside.fitted.is_some() {
            self.leave_out(&file, "there is a structure already")
        } else {
            Now::Fitting(file, Box::new(Fitting::new(structure)))
        }
    }

    fn leave_out(&mut self, file: &str, why: impl Into<String>) -> Now {
        let left_out = LeftOut::one(format!("file '{file}'"), why);
        self.beside.left_out.push(left_out);
        Now::Nothing
    }
}

/// What of a structure is not used.
fn parts_left_out(structure: &Structure, fit: &Fit, untried: &[usize], file: &str) -> Vec<LeftOut> {
    let chains = structure.chains();
    let used = chains[fit.chain].name();
    let others = chains.iter().enumerate();
    let others = others.filter(|(place, _)| *place != fit.chain);
    let (untried, others): (Vec<_>, Vec<_>) =
        others.partition(|(place, _)| untried.contains(place));
    let [untried, others] = [untried, others].map(|some| {
        some.into_iter()
            .map(|(_, chain)| chain.name())
            .collect::<Vec<&str>>()
    });
    let no_protein: Vec<&str> = structure
        .other_chains()
        .iter()
        .map(String::as_str)
        .collect();
    let mut left_out = Vec::new();
    for (names, why) in [
        (others, format!("chain {used} matches the family best")),
        (
            untried,
            format!("only the first {MAX_TRIED} different chains are compared"),
        ),
        (no_protein, "no amino acid whose place is known".to_owned()),
    ] {
        if !names.is_empty() {
            left_out.push(LeftOut {
                what: format!(
                    "{} {}{} of '{file}'",
                    if names.len() == 1 { "chain" } else { "chains" },
                    names[..names.len().min(MAX_NAMED)].join(", "),
                    if names.len() > MAX_NAMED { ", …" } else { "" }
                ),
                why,
                count: names.len(),
            });
        }
    }
    let n_models = structure.n_models() - 1;
    if n_models > 0 {
        left_out.push(LeftOut {
            what: format!(
                "{} of '{file}'",
                if n_models == 1 { "model" } else { "models" }
            ),
            why: "the first is used".to_owned(),
            count: n_models,
        });
    }
    left_out
}
