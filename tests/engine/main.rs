//! Test program 1, without a window: the command line from outside, physics through the library, house rules.
//!
//! - `bench`: `engram bench`, its line and its refusals
//! - `boundaries`: who may name whom, opening docs, file lengths; read from the source tree
//! - `physics`: published numbers, end to end
//! - `dense_physics`: the same for memories without couplings
//! - `recall`: `engram recall` against the library, its text, its files
//! - `batch`: `engram learn` and `engram relax` against the library
//! - `batches`: batches of states against single runs, for every rule, dynamics, size and number of threads
//! - `lab`: `engram lab`: shards, threads, going on after a kill, refusals, tables that others read
//! - `bands`: `engram lab bands`: shares of kinds of attractors along a setting
//! - `shown`: `lab show` of tables of attractors, trees of several rules
//! - `lists`: `engram rules` and `engram worlds` against the library
//! - `cases`: small inputs that strangers bring
//! - `own_files`: files and folders in place of a world's name
//! - `alignments`: alignments and structures there, what is found and what left out
//! - `learned`: rules of every kind on the command line: how learning went and ended
//! - `threads`: the same bits on any number of threads
//! - `ties`: fields that are zero stay zero through files
//! - `stops`: a stop after n sweeps is the state after n sweeps
//! - `refusals`: everything that can be wrong on the command line, and what is said about it
//! - `sessions`: sessions saved, shared and opened; saves that are killed
//! - `full_disk`: no room, no permission, far too many bytes: what is said, and that nothing is lost
//! - `examples`: every example of the help runs as it stands, and JSON has the keys that the help lists
//! - `commands`: `engram contacts` and `engram predict`, and memories that go through files
//! - `typed`: what was typed is done or refused, what was not is mended and said
//! - `outputs`: where files are written to, what is refused before any work, what is said of what was written
//! - `interrupts`: what is left when the program is interrupted, and what it clears
//! - `rules_physics`: what theory says of each rule against what it does
//! - `taylor_physics`: the same for local rules by their coefficients
//! - `iterative_physics`: the same for rules that learn step by step
//! - `basin_table`: how wide the basins of the rules are at each load
//! - `basins`: how far from a pattern a state may start; a helper, no tests
//! - `imports`: which file names which, for `boundaries`
//! - `program`: how the built program is run; a helper, no tests

#![expect(clippy::disallowed_methods, reason = "tests make and read files")]

mod alignments;
mod attractors;
mod bands;
mod basin_table;
mod basins;
mod batch;
mod batches;
mod bench;
mod boundaries;
mod cases;
mod commands;
mod contacts;
mod dense_physics;
mod examples;
mod full_disk;
mod imports;
mod interrupts;
mod iterative_physics;
mod lab;
mod lab_sizes;
mod learned;
mod lists;
mod outputs;
mod own_files;
mod physics;
mod program;
mod recall;
mod refusals;
mod rules_physics;
mod sessions;
mod shown;
mod stops;
mod taylor_physics;
mod threads;
mod ties;
mod typed;
