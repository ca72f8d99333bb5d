//! Commands: the only way to change a session, as plain data.

use super::document::Document;
use super::lab::LabRequest;
use super::measure::Measurement;
use super::playback::StepUnit;
use super::teacher::TeacherOptions;
use super::wishes::Wish;
use crate::engine::Couplings;
use crate::trial::Recipe;
use crate::worlds::World;
use crate::worlds::picture::Ink;
use std::sync::Arc;

/// Something the user does to the document or to time.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Replaces the recipe: every setting and the cue are changed this way.
    Configure(Box<Recipe>),
    /// Puts a whole recipe in the place of the one in force, as one edit: nothing of the old one is carried over.
    Replace(Box<Recipe>),
    /// Puts a teacher's options in force: what is locked or hidden, and where students come back to.
    SetTeacherOptions(Box<TeacherOptions>),
    /// Comes back to the state that a teacher has set as the start, as one edit.
    BackToStart,
    /// Opens a document in the place of this one: its recipe, at its moment; there is nothing to undo then.
    OpenDocument(Box<Document>),
    /// Goes on by one step.
    StepForward(StepUnit),
    /// Goes back by one step.
    StepBack(StepUnit),
    /// Shows the moment after so many updates, as far as recorded.
    Seek(u64),
    /// Lets time move on, or stops it.
    Play(bool),
    /// Runs to the verdict, or to the largest number of sweeps.
    Settle,
    /// Chooses what one step is.
    SetStep(StepUnit),
    /// Chooses the steps a second.
    SetSpeed(f64),
    /// Stops learning and keeps the old memory.
    StopLearning,
    /// Lets learning wait (true) or go on.
    PauseLearning(bool),
    /// Ends learning and uses what is learned so far.
    KeepLearning,
    /// Learns again what was stopped.
    Learn,
    /// Reads a picture for a look before it becomes the cue.
    OpenPicture {
        /// Its name, for messages.
        name: String,
        /// The file.
        bytes: Arc<[u8]>,
        /// Which side of it is ink.
        ink: Ink,
    },
    /// Forgets the picture that was opened.
    ClosePicture,
    /// Probes couplings that were learned elsewhere, in place of a rule.
    UseCouplings {
        /// The file's name.
        name: String,
        /// What it holds.
        couplings: Arc<Couplings>,
        /// What single precision does not hold of that, in sentences.
        remarks: Vec<String>,
    },
    /// Reads a world of files for a look before it is taken, or looks at it with other settings.
    OpenWorld(Box<World>),
    /// Forgets the world that was looked at.
    CloseWorld,
    /// Measures the memory of the first track, in a job, unless that is done or under way.
    Measure(Measurement),
    /// The same of the track with this index.
    MeasureTrack(usize, Measurement),
    /// Ends a measurement that is under way; it begins anew when it is asked for.
    StopMeasuring(Measurement),
    /// Wants something else to be seen of the attractors; it is worked out, or declined, when it is
    /// [measured](Self::Measure).
    Wish(Wish),
    /// Does something in the lab.
    Lab(LabRequest),
    /// Takes back the last edit.
    Undo,
    /// Does again what was taken back.
    Redo,
}
