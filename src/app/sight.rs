//! What is in sight: which moments are worked out, which edits are seen where they are made, and which work nobody waits
//! for.

use super::App;
use super::snapshot::Snapshot;
use super::view::Tab;
use crate::jobs::Workers;
use crate::session::{Command, Measurement};
use crate::trial::{MAX_TRACKS, Recipe};

impl App {
    /// Whether the draft changes what is not seen on this tab: pictures of attractors follow everything but the cue.
    pub(super) fn is_out_of_sight(&self, draft: &Recipe) -> bool {
        let before = self.session.recipe();
        let is_seen = match self.view.tab {
            Tab::Compare => true,
            Tab::Attractors => draft.cue == before.cue,
            Tab::Recall | Tab::Lab => false,
        };
        draft != before && !is_seen
    }

    /// Brings the moments shown up to date: that of the first track, and of all where they are compared.
    pub(super) fn update_snapshots(&mut self, workers: &Workers) {
        let n_tracks = self.session.tracks().len();
        let n_seen = if self.view.tab == Tab::Compare {
            n_tracks.min(MAX_TRACKS)
        } else {
            1
        };
        let mut before = std::mem::take(&mut self.snapshots).into_iter();
        let tracks = (0..n_seen).zip(&mut self.fields);
        self.snapshots = tracks
            .map(|(track, fields)| {
                let before = before.next().flatten();
                Snapshot::update(
                    before,
                    (&self.session, track, self.view.still),
                    fields,
                    workers,
                )
            })
            .collect();
    }

    /// Ends what is measured for a view of the attractors that was not drawn in this frame: it takes seconds, and nobody
    /// waits for it.
    pub(super) fn idle_work(&self) -> Option<Command> {
        const OF_VIEWS: [Measurement; 7] = [
            Measurement::Portrait,
            Measurement::Census,
            Measurement::Bands,
            Measurement::Breaks,
            Measurement::Walk,
            Measurement::Tree,
            Measurement::States,
        ];
        let mut idle = OF_VIEWS
            .into_iter()
            .filter(|what| self.session.is_measuring(*what) && !self.view.watched.contains(what));
        idle.next().map(Command::StopMeasuring)
    }
}
