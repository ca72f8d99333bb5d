//! Engram: associative memories you can draw on, watch and take apart.

pub mod engine;

#[cfg(feature = "app")]
pub mod app;
