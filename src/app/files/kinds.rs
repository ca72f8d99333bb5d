//! Kinds of files that dialogs offer, by the endings of their names.

use crate::app::documents::ENDING;

/// Endings of the names of pictures.
pub(super) const PICTURES: (&str, &[&str]) = ("Pictures", &["png", "jpg", "jpeg"]);

/// Endings of the names of sessions.
pub(super) const SESSIONS: (&str, &[&str]) = ("Sessions", &[ENDING]);

/// Endings of the names of files with patterns.
pub(super) const PATTERNS: (&str, &[&str]) = (
    "IDX, NumPy, tables, alignments, tables of the lab",
    &[
        "gz",
        "npy",
        "npz",
        "csv",
        "ecsv",
        "tsv",
        "txt",
        "idx",
        "fasta",
        "fa",
        "fas",
        "afa",
        "a2m",
        "a3m",
        "aln",
        "sto",
        "stockholm",
        "pdb",
        "ent",
        "cif",
    ],
);
