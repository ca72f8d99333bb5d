//! Engram: associative memories you can draw on, watch and take apart.

#[cfg(feature = "app")]
pub mod app;
pub mod cli;
pub mod engine;
pub mod jobs;
pub mod session;
pub mod worlds;
