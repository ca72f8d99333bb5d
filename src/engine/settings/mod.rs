//! Settings: one table a type, out of which sliders, help, command line, paths and documents all read.
//!
//! A [`Setting`] has a name, a range and a sentence of help. A [`Field`] is a setting with the way to read and to
//! change it in a type, and the static table of its fields is all that a type says of itself ([`Settings`]). What
//! walks the tables is written once: reading and changing by key ([`AnySettings`]), the [notation] of the command line
//! and plain data for documents ([`Written`]). Absent: what any setting does.

pub mod notation;
mod setting;
mod table;
pub mod written;

pub use notation::Kinds;
pub use setting::{Item, Setting, SettingKind, Value};
pub use table::{AnySettings, Choices, Field, Settings};
pub use written::Written;

pub(crate) use setting::unknown;
pub(crate) use table::choices;

#[cfg(test)]
pub(crate) mod tests;
