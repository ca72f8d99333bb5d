//! Test program 1, without a window: the command line from outside, physics through the library, house rules.
//!
//! - `bench`: `engram bench`, its line and its refusals
//! - `boundaries`: who may name whom, opening docs, file lengths; read from the source tree
//! - `physics`: published numbers, end to end
//! - `recall`: `engram recall` against the library, its text, its files
//! - `batch`: `engram learn` and `engram relax` against the library
//! - `refusals`: everything that can be wrong on the command line, and what is said about it
//! - `program`: how the built program is run; a helper, no tests

#![expect(clippy::disallowed_methods, reason = "tests make and read files")]

mod batch;
mod bench;
mod boundaries;
mod physics;
mod program;
mod recall;
mod refusals;
