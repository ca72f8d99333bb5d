//! What it takes to save a recall as a moving picture: the window's share, and what is done beside it.

use super::Bench;
use super::table::{Clock, Table};
use crate::export::gif;
use crate::session::Command;

/// The digits that the window opens with, settled, as a GIF.
pub(super) fn rows(window: &mut Bench, table: &mut Table) {
    window.apply(Command::Settle);
    window.wait();
    let (mut gathered, mut drawn, mut count) = (Vec::new(), Vec::new(), 0);
    for _ in 0..20 {
        let clock = Clock::start();
        let frames = window.app.shades().expect("there is a recall");
        gathered.push(clock.took());
        let frames = frames.expect("digits have shades");
        count = frames.len();
        let clock = Clock::start();
        let bytes = gif(&frames);
        drawn.push(clock.took());
        assert!(bytes.is_ok(), "they are small");
    }
    table.row("frames of a recall, in the window", &gathered);
    let what = format!("GIF of {count} frames, 28 × 28 at × 10, in a job");
    table.row(&what, &drawn);
}
