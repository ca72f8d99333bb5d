//! What the system tells about itself: the processor's name, and how busy all programs together keep it. Where it
//! tells nothing, neither do we.

use crate::edge::open;
use std::path::Path;

/// The processor's name; empty where the system does not tell.
pub(super) fn processor() -> String {
    let info = read("/proc/cpuinfo");
    let name = info.lines().find(|line| line.starts_with("model name"));
    let name = name.and_then(|line| line.split_once(':'));
    name.map_or_else(String::new, |(_, name)| name.trim().to_owned())
}

/// Seconds that all programs together have computed since the system started, on all cores, and seconds that its
/// host has kept to itself.
pub(super) fn busy() -> Option<(f64, f64)> {
    // The kernel counts in hundredths of a second for whoever asks (USER_HZ).
    let all = read("/proc/stat");
    let ticks: Vec<f64> = all
        .lines()
        .next()?
        .split_whitespace()
        .skip(1)
        .map_while(|ticks| ticks.parse().ok())
        .collect();
    match ticks[..] {
        [user, nice, system, _, _, irq, soft, steal, ..] => {
            Some(((user + nice + system + irq + soft) / 100.0, steal / 100.0))
        }
        _ => None,
    }
}

fn read(path: &str) -> String {
    let bytes = open::read(Path::new(path)).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}
