//! The window's own widgets: they draw what they are given and report what the pointer did; they change nothing.
//!
//! Absent: the session, commands, colours (those are in [`crate::app::theme`]).
//! Textures are rebuilt only when the caller's `version` or the theme has changed.

pub mod brief;
pub mod brush;
pub mod camera;
pub mod controls;
pub mod figure_view;
pub mod formula;
pub mod full_card;
pub mod gesture;
pub mod histogram;
pub mod laid_out;
pub mod letters;
pub mod matrix_sheet;
pub mod matrix_view;
pub mod pattern_view;
pub mod picture;
mod pixels;
pub mod plane;
pub mod question;
pub mod room;
pub mod scatter;
pub mod sliders;
pub mod thumbnails;
pub mod timeline;
pub mod weighted;
