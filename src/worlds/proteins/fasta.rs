//! FASTA, A2M and A3M: a name behind `>`, and letters over any number of lines.
//!
//! Passed over: comments (`;`, `#`), the title line of PIR's files, the rows of secondary structure that HHblits puts
//! between sequences, and what ColabFold appends as a second alignment.

use super::raw_sequence::{MAX_SEQUENCES, RawAlignment, RawSequence, further_alignments, too_many};
use crate::engine::Error;
use crate::worlds::LeftOut;

/// How the names of rows start that hold no sequence.
const ANNOTATIONS: [&str; 6] = [
    "ss_dssp", "sa_dssp", "aa_dssp", "ss_pred", "ss_conf", "aa_pred",
];

/// Sequences as far as they are read.
#[derive(Debug, Default)]
pub(super) struct Fasta {
    rows: Vec<RawSequence>,
    now: Now,
    /// Names seen in the first alignment.
    n_rows: usize,
    annotations: Vec<&'static str>,
    n_annotations: usize,
    n_before: usize,
    n_further: usize,
}

/// What the next line belongs to.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Now {
    /// Nothing: no name stood before it.
    #[default]
    Head,
    /// The last sequence.
    Sequence,
    /// The title of the last sequence, in a file of PIR's.
    Title,
    /// A row that is no sequence.
    Annotation,
    /// Another alignment.
    Further,
}

impl Fasta {
    /// Takes in one line.
    pub(super) fn take(&mut self, line: &[u8], number: usize) -> Result<(), Error> {
        let line = line.trim_ascii_start();
        match line.first() {
            // ColabFold writes the lengths of its chains before every alignment.
            Some(b'#') if self.n_rows > 0 && line.get(1).is_some_and(u8::is_ascii_digit) => {
                self.n_further += 1;
                self.now = Now::Further;
            }
            // A title may be empty, or look like a comment.
            None | Some(b';' | b'#') if self.now != Now::Title => {}
            Some(b'>') if self.now != Now::Further => self.begin(&line[1..], number)?,
            _ => match self.now {
                Now::Head => self.n_before += 1,
                Now::Title => self.now = Now::Sequence,
                Now::Annotation | Now::Further => {}
                Now::Sequence => {
                    if let Some(row) = self.rows.last_mut() {
                        row.extend(line);
                    }
                }
            },
        }
        Ok(())
    }

    /// Begins the row called `name`.
    fn begin(&mut self, name: &[u8], number: usize) -> Result<(), Error> {
        let name = name.trim_ascii();
        let annotation = ANNOTATIONS
            .iter()
            .find(|start| name.starts_with(start.as_bytes()));
        if let Some(annotation) = annotation {
            self.n_annotations += 1;
            if !self.annotations.contains(annotation) {
                self.annotations.push(annotation);
            }
            self.now = Now::Annotation;
        } else {
            if self.rows.len() == MAX_SEQUENCES {
                return Err(too_many(number));
            }
            self.rows.push(RawSequence {
                name: name.to_vec(),
                line: number,
                row: self.n_rows,
                letters: Vec::new(),
            });
            self.now = if is_pir(name) {
                Now::Title
            } else {
                Now::Sequence
            };
        }
        self.n_rows += 1;
        Ok(())
    }

    /// The sequences; a record without name and letters is none.
    pub(super) fn finish(mut self) -> RawAlignment {
        self.rows
            .retain(|row| !(row.name.is_empty() && row.letters.is_empty()));
        let some = |count: usize, what: String, why: &str| {
            (count > 0).then(|| LeftOut {
                what,
                why: why.to_owned(),
                count,
            })
        };
        let plural = |count: usize, one: &'static str, many: &'static str| {
            if count == 1 { one } else { many }
        };
        let annotations = format!(
            "{} {}",
            plural(self.n_annotations, "row", "rows"),
            self.annotations.join(", ")
        );
        let before = plural(self.n_before, "line", "lines").to_owned() + " before the first '>'";
        let left_out = [
            some(self.n_before, before, "a sequence has a name"),
            some(
                self.n_annotations,
                annotations,
                "secondary structure and the like, no sequences",
            ),
            further_alignments(self.n_further, &[]),
        ];
        RawAlignment {
            rows: self.rows,
            left_out: left_out.into_iter().flatten().collect(),
        }
    }
}

/// Whether a name is one of PIR's, `P1;CODE`, below which a title stands.
fn is_pir(name: &[u8]) -> bool {
    let kinds: [&[u8]; 9] = [
        b"P1;", b"F1;", b"DL;", b"DC;", b"RL;", b"RC;", b"N1;", b"N3;", b"XX;",
    ];
    kinds.iter().any(|kind| name.starts_with(kind))
}
