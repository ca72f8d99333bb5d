//! What is kept outlives its window however that ends, and nothing is left over of one that closes.

#![expect(clippy::disallowed_methods, reason = "tests make and read files")]

use super::*;
use crate::edge::write;
use crate::jobs::Workers;
use crate::session::Command;
use crate::trial::Recipe;
use egui::RawInput;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command as Program, Stdio};

/// A session that keeps itself, without a window around it.
struct Kept {
    ctx: Context,
    session: Session,
    autosave: Autosave,
    /// Whether it has changes that are in no file.
    changed: bool,
    /// Whether the window is the one that is worked in.
    focused: bool,
    time: f64,
}

impl Kept {
    fn new(folder: &Path) -> Self {
        let mut autosave = Autosave::default();
        autosave.begin(folder.to_owned());
        Self {
            ctx: Context::default(),
            session: Session::new(Recipe::default(), Workers::Caller),
            autosave,
            changed: false,
            focused: true,
            time: 0.0,
        }
    }

    /// Changes the session, to one of this seed.
    fn edit(&mut self, seed: u64) {
        let recipe = Recipe {
            seed,
            ..self.session.recipe().clone()
        };
        let edited = self.session.apply(Command::Configure(Box::new(recipe)));
        edited.expect("every seed will do");
        self.changed = true;
    }

    /// A frame, `seconds` after the last one.
    fn frame(&mut self, seconds: f64) -> Result<Option<PathBuf>, Error> {
        self.time += seconds;
        let input = RawInput {
            time: Some(self.time),
            focused: self.focused,
            ..RawInput::default()
        };
        let mut news = Ok(None);
        let (session, changed) = (&self.session, self.changed);
        let mut output = self.ctx.run_ui(input, |ui| {
            let looked_at = (session, &View::default());
            news = self.autosave.frame(ui.ctx(), looked_at, None, changed);
        });
        output.textures_delta.clear(); // There is no GPU to take them.
        news
    }

    /// Lets frames go by until it is as `is_so` says.
    fn until(&mut self, is_so: impl Fn(&Self) -> bool) {
        while !is_so(self) {
            self.frame(1.0).expect("nothing goes wrong");
            std::thread::yield_now();
        }
    }

    /// Lets frames go by until it is kept, or until nothing is, where nothing has changed.
    fn settle(&mut self) {
        self.until(|it| match &it.autosave.kept {
            Some(kept) => it.changed && kept.are_of(&it.session),
            None => !it.changed && !it.autosave.holds,
        });
    }
}

/// Works on a session in a window that keeps it in `folder` and every third time saves it there: of every seed that is
/// kept or saved `told` is told, until it has heard enough.
fn work(folder: &Path, mut told: impl FnMut(u64) -> bool) -> Kept {
    let mut it = Kept::new(&folder.join("kept"));
    for seed in 100.. {
        it.edit(seed);
        it.settle();
        if seed % 3 == 0 {
            let document = it.session.document().to_json();
            let saved = write::file(&folder.join("saved.engram"), document.as_bytes());
            saved.expect("there is room");
        }
        if !told(seed) {
            return it;
        }
        if seed % 3 == 0 {
            it.changed = false;
            it.settle();
        }
    }
    unreachable!("there are more seeds than patience")
}

/// The largest seed of all sessions in `folder`, saved or left over; whatever can be opened there must be whole.
fn newest(folder: &Path) -> u64 {
    let mut keeper = Keeper::new(folder.join("kept"));
    let left = keeper.look();
    let paths = left.iter().cloned().chain([folder.join("saved.engram")]);
    let seeds = paths.filter(|path| path.exists()).map(|path| {
        let bytes = fs::read(&path).expect("it is there");
        let document = Document::of_bytes(&bytes);
        document.expect("it is whole").recipe.seed
    });
    let newest = seeds.max();
    keeper.adopt().expect("nothing is in the way");
    keeper.forget().expect("nothing is in the way");
    newest.unwrap_or_default()
}

/// Set where the next test is to go on until it is killed, in this folder.
const UNTIL_KILLED: &str = "ENGRAM_WORK_UNTIL_KILLED";

#[test]
fn what_is_kept_and_saved_in_turn_is_read_again() {
    if let Some(folder) = std::env::var_os(UNTIL_KILLED) {
        drop(work(Path::new(&folder), |seed| {
            let mut out = std::io::stdout().lock();
            let told = writeln!(out, "\ndone {seed}").and_then(|()| out.flush());
            told.is_ok()
        }));
        return;
    }
    let scratch = tempfile::tempdir().expect("a scratch folder");
    for last in [100, 102, 105, 106] {
        let crashed = work(scratch.path(), |seed| seed < last);
        drop(crashed);
        assert_eq!(newest(scratch.path()), last);
    }
    let left = fs::read_dir(scratch.path().join("kept")).expect("it is there");
    assert_eq!(left.count(), 0);
}

/// How often a window is killed: 40 times; `ENGRAM_KILLS=1000` for more.
fn n_kills() -> u64 {
    let asked = std::env::var("ENGRAM_KILLS").ok();
    asked.and_then(|count| count.parse().ok()).unwrap_or(40)
}

#[test]
fn a_window_that_is_killed_loses_nothing_that_it_kept() {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let program = std::env::current_exe().expect("it runs");
    let test = format!(
        "{}::what_is_kept_and_saved_in_turn_is_read_again",
        module_path!()
    );
    let (_, test) = test
        .split_once("::")
        .expect("the name of the crate comes first");
    let mut seen = 0;
    for kill in 0..n_kills() {
        let mut child = Program::new(&program)
            .args([test, "--exact", "--nocapture", "--test-threads=1"])
            .env(UNTIL_KILLED, scratch.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        let out = child.stdout.take().expect("it is piped");
        let seed =
            |line: std::io::Result<String>| line.ok()?.strip_prefix("done ")?.parse::<u64>().ok();
        let mut told = BufReader::new(out).lines().filter_map(seed);
        // Some rounds of keeping, and a part of the next that is its own for each.
        let first = told.nth((kill % 5) as usize).expect("it works");
        let micros = kill.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 51;
        std::thread::sleep(Duration::from_micros(micros));
        child.kill().expect("it runs");
        child.wait().expect("it was killed");
        let told = told.last().unwrap_or(first);
        let newest = newest(scratch.path());
        // It may have come one further than it could tell.
        assert!(
            (told..=told + 1).contains(&newest),
            "{told} told, {newest} found"
        );
        seen = seen.max(told);
        fs::remove_file(scratch.path().join("saved.engram")).ok();
    }
    assert!(seen > 102, "it is killed in the midst of its work: {seen}");
    let left = fs::read_dir(scratch.path().join("kept")).expect("it is there");
    assert_eq!(left.count(), 0, "what was half written is cleared");
}

#[test]
fn a_window_that_closes_while_its_session_is_written_leaves_nothing() {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    for round in 0..60 {
        let mut it = Kept::new(scratch.path());
        it.edit(round);
        it.until(|it| matches!(it.autosave.job, Some((Aim::Keep(_), _))));
        std::thread::sleep(Duration::from_micros(50 * round));
        let keeper = Arc::clone(it.autosave.keeper.as_ref().expect("it keeps"));
        it.autosave.end(None);
        // What was under way has ended, or never comes to write.
        while Arc::strong_count(&keeper) > 1 {
            std::thread::yield_now();
        }
        let left = fs::read_dir(scratch.path()).expect("it is there").count();
        assert_eq!(left, 0, "round {round}");
    }
}

#[test]
fn what_is_unsaved_when_the_system_closes_the_window_is_offered_the_next_time() {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    for kept_before in [false, true] {
        let folder = scratch.path().join(kept_before.to_string());
        let mut it = Kept::new(&folder.join("kept"));
        it.edit(100);
        if kept_before {
            it.settle();
            it.edit(101);
        }
        let last = it.session.document();
        it.autosave.end(Some(last.clone()));
        drop(it);
        assert_eq!(newest(&folder), last.recipe.seed);
    }
}

#[test]
fn changes_are_kept_after_some_seconds_or_when_the_window_is_left() {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let mut it = Kept::new(scratch.path());
    it.until(|it| it.autosave.job.is_none() && it.autosave.waiting.is_empty());
    it.edit(1);
    for (seconds, begins) in [(0.0, false), (AFTER - 0.1, false), (0.2, true)] {
        it.frame(seconds).expect("nothing goes wrong");
        assert_eq!(it.autosave.job.is_some(), begins);
    }
    it.settle();
    it.edit(2);
    it.focused = false;
    it.frame(0.0).expect("nothing goes wrong");
    assert!(it.autosave.job.is_some());
    it.settle();
    let kept = it.autosave.kept.as_ref().expect("it is kept");
    assert!(kept.are_of(&it.session));
}

#[test]
fn what_cannot_be_kept_is_said_once_and_tried_again() {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let place = scratch.path().join("kept");
    fs::write(&place, "in the way").expect("there is room");
    let mut it = Kept::new(&place);
    it.edit(1);
    let mut said = Vec::new();
    let mut work_on = |it: &mut Kept, seconds: usize| {
        for _ in 0..seconds {
            said.extend(it.frame(1.0).err().map(|problem| problem.to_string()));
            while let Some((_, job)) = &it.autosave.job {
                assert!(!job.is_over());
                std::thread::sleep(Duration::from_millis(1));
                said.extend(it.frame(0.0).err().map(|problem| problem.to_string()));
            }
        }
        said.clone()
    };
    let told = work_on(&mut it, 100);
    let expected = format!(
        "keeping the session by itself: {}: a folder is wanted, and this is none",
        place.display()
    );
    assert_eq!(told, std::slice::from_ref(&expected));
    assert_eq!(it.autosave.kept, None);
    fs::remove_file(&place).expect("it is there");
    work_on(&mut it, AGAIN as usize + 1);
    let kept = it.autosave.kept.as_ref().expect("it is kept");
    assert!(kept.are_of(&it.session));
    // It went well meanwhile: what goes wrong then is said again.
    it.edit(2);
    fs::remove_dir_all(&place).expect("it is there");
    fs::write(&place, "in the way").expect("there is room");
    assert_eq!(work_on(&mut it, 100), [expected.clone(), expected]);
}
