//! Engram: associative memories you can draw on, watch and take apart.

pub mod cli;
pub mod engine;
pub mod jobs;
pub mod session;
pub mod worlds;
