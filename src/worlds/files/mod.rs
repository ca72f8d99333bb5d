//! Patterns out of the user's own files: IDX, NumPy arrays, tables of numbers, folders of pictures.
//!
//! [`Input`] is what was opened, as names and bytes; [`Reading`] turns it into [`Images`], slice by slice;
//! [`Threshold`] makes them ±1, and [`Files`] is the world of them. What a file is, is told by its first bytes and never
//! by its name; names only say which files belong together. The bounds on sizes are constants of this module, and are checked before anything of that
//! size is allocated. Absent: opening files (the edges bring bytes), alignments (FASTA, Stockholm), and writing.
//!
//! | format | what is read | file |
//! |---|---|---|
//! | IDX, IDX.gz | images of unsigned bytes; labels beside them; training and test set | `idx_files.rs` |
//! | NPY, NPZ | P × N or P × H × W of any real type | `array_files.rs`, `arrays.rs`, `archive.rs` |
//! | CSV, TSV, text | one pattern a row, perhaps a column of labels | `table.rs`, `columns.rs`, `cells.rs` |
//! | NPY, IDX, text | labels beside images of any format, one each or one-hot | `labels.rs` |
//! | PNG, JPEG | a folder of them, all brought to one size | `pictures.rs` |
//!
//! Any of them may be compressed with gzip. Couplings that were learned elsewhere are read by [`read_couplings`] and
//! [`read_memory`].

mod archive;
mod array_files;
mod arrays;
mod cells;
mod columns;
mod couplings;
mod format;
mod idx_files;
mod images;
pub(in crate::worlds) mod input;
mod labels;
mod memories;
mod names;
mod odd_unit;
mod otsu;
mod pictures;
mod pixels;
mod read_options;
mod reading;
mod settings;
mod table;
mod threshold;
mod world;

pub use couplings::{ReadCouplings, read_couplings};
pub use images::{Images, Values};
pub use input::{File, Input};
pub use labels::Labels;
pub use memories::{read_memory, read_states};
pub use names::companions;
pub use pixels::Pixels;
pub use read_options::{LabelColumn, ReadOptions};
pub use reading::Reading;
pub use settings::Files;
pub use threshold::{Method, Threshold};

use crate::engine::Error;

/// The most bytes one file may hold once decompressed: 256 MiB, five times the MNIST training set.
pub const MAX_BYTES: usize = super::idx::MAX_BYTES;

/// The most bytes all opened files may hold, before and after decompression: 1 GiB.
pub const MAX_TOTAL: usize = 1 << 30;

/// The most files that are opened together.
pub const MAX_FILES: usize = 20_000;

/// The most numbers read out of a table or an array: 2²⁶, 85,000 images of 28 × 28.
pub const MAX_NUMBERS: usize = 1 << 26;

/// The most patterns that can be stored: all training images of MNIST.
pub const MAX_STORED: usize = 60_000;

/// The most units a pattern may have. Couplings are N² numbers: 64 MiB at this size, which every rule can still learn.
pub const MAX_UNITS: usize = 4096;

/// The largest side that pictures can be brought to: its square is [`MAX_UNITS`].
const MAX_SIDE: i32 = 64;

/// Refuses patterns with no unit, and patterns so large that their couplings could not be held.
fn check_units(n_units: usize, shape: &str) -> Result<(), Error> {
    if (2..=MAX_UNITS).contains(&n_units) {
        return Ok(());
    }
    Err(Error::Shape {
        what: "a pattern",
        expected: format!("2 to {MAX_UNITS} units, since N units have N² couplings"),
        found: format!("{n_units} ({shape})"),
    })
}
