//! No answer of a dialog is lost, everything is read in turn, and pictures are written whole.

#![expect(clippy::disallowed_methods, reason = "tests make and read files")]

use super::*;
use crate::session::Command;
use egui::Color32;
use std::path::Path;
use std::task::Waker;

/// An answer that is given later, by hand.
#[derive(Clone, Default)]
struct Later(Arc<Mutex<Given>>);

/// What was chosen, and whom to wake.
type Given = (Option<Vec<PathBuf>>, Option<Waker>);

impl Later {
    fn answer(&self) -> Answer {
        let slot = Arc::clone(&self.0);
        Box::pin(std::future::poll_fn(move |context| {
            let mut slot = slot.lock().expect("no test panics with it");
            slot.1 = Some(context.waker().clone());
            slot.0
                .take()
                .map_or(Poll::Pending, |paths| Poll::Ready(Some(paths)))
        }))
    }

    fn give(&self, path: &Path) {
        let mut slot = self.0.lock().expect("no test panics with it");
        slot.0 = Some(vec![path.to_owned()]);
        slot.1.take().expect("it was looked for").wake();
    }
}

/// The next result, which must come.
fn next(files: &mut FileTasks, ctx: &Context) -> Result<Command, Error> {
    loop {
        match files.poll(ctx) {
            Some(Ok(FileNews::Do(command))) => return Ok(command),
            Some(Ok(_)) => panic!("no session is read or written here"),
            Some(Err(problem)) => return Err(problem),
            None => {}
        }
        assert!(
            files.job.is_some() || !files.waiting.is_empty(),
            "nothing is under way"
        );
        std::thread::yield_now();
    }
}

fn name(command: Command) -> String {
    match command {
        Command::OpenPicture { name, .. } => name,
        other => panic!("no picture: {other:?}"),
    }
}

#[test]
fn a_second_dialog_is_refused_in_words_and_the_first_answer_is_taken() {
    let (ctx, mut files) = (Context::default(), FileTasks::default());
    let later = Later::default();
    files.ask(&ctx, Purpose::Open, || later.answer());
    assert!(files.poll(&ctx).is_none());
    files.ask(&ctx, Purpose::Open, || panic!("a second dialog opens"));
    let refused = next(&mut files, &ctx).unwrap_err().to_string();
    assert!(refused.contains("open already"), "{refused}");
    later.give(Path::new("tests/gui/one.png"));
    assert_eq!(name(next(&mut files, &ctx).unwrap()), "tests/gui/one.png");
    assert!(files.dialog.is_none());
}

#[test]
fn everything_that_is_to_be_read_is_read_in_turn() {
    let (ctx, mut files) = (Context::default(), FileTasks::default());
    let later = Later::default();
    files.ask(&ctx, Purpose::Open, || later.answer());
    files.read(vec!["nowhere.png".into()]);
    assert!(files.poll(&ctx).is_none());
    // The first is being read; one more is dropped, and the dialog answers.
    files.read(vec!["tests/gui/one.png".into()]);
    later.give(Path::new("tests/gui/two.png"));
    let missing = |result: Result<Command, Error>| result.unwrap_err().to_string();
    assert!(missing(next(&mut files, &ctx)).starts_with("nowhere.png"));
    assert_eq!(name(next(&mut files, &ctx).unwrap()), "tests/gui/one.png");
    assert!(missing(next(&mut files, &ctx)).starts_with("tests/gui/two.png"));
    assert!(files.poll(&ctx).is_none());
}

#[test]
fn pictures_are_written_whole_or_not_at_all() {
    let (ctx, mut files) = (Context::default(), FileTasks::default());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("window.png");
    let mut save = |content: Content| {
        let later = Later::default();
        files.ask(&ctx, Purpose::Save(content, None), || later.answer());
        assert!(files.poll(&ctx).is_none());
        later.give(&path);
        assert!(files.poll(&ctx).is_none());
        let mut said = None;
        while files.job.is_some() {
            said = said.or_else(|| files.poll(&ctx));
        }
        said.map(|said| said.unwrap_err().to_string())
    };
    let image = ColorImage::filled([3, 2], Color32::from_gray(7));
    assert_eq!(save(Box::new(move || png(&image))), None);
    let broken = || Err(Error::System("the pencil broke".to_owned()));
    let said = save(Box::new(broken)).unwrap();
    assert!(said.ends_with("window.png: the pencil broke"), "{said}");
    let written = image::open(&path).unwrap().into_rgb8();
    assert_eq!(written.dimensions(), (3, 2));
    assert!(written.pixels().all(|pixel| pixel.0 == [7; 3]));
    assert_eq!(folder.path().read_dir().unwrap().count(), 1);
}

#[test]
fn a_large_file_of_a_session_is_found_beside_it_or_asked_for() {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let [session, elsewhere] = ["s.engram", "elsewhere"].map(|name| scratch.path().join(name));
    // 9 MB of rows, all of them different.
    let rows: String = (0..300_000_u32)
        .map(|row| {
            let bits: Vec<&str> = (0..20)
                .map(|bit| ["0", "1"][(row >> bit) as usize & 1])
                .collect();
            bits.join(",") + "\n"
        })
        .collect();
    std::fs::create_dir(&elsewhere).expect("there is room");
    let data = elsewhere.join("rows.csv");
    std::fs::write(&data, &rows).expect("there is room");
    let name = data.display().to_string();
    let input = crate::edge::open::input(std::slice::from_ref(&data)).expect("it is read");
    assert_eq!(input.name(), name);
    let recipe = crate::trial::Recipe {
        world: crate::worlds::World::of_files(Arc::new(input)),
        ..crate::trial::Recipe::default()
    };
    let document = Document {
        recipe,
        ..Document::default()
    };
    let json = document.to_json();
    assert!(json.len() < 100_000, "{}", json.len());
    std::fs::write(&session, json).expect("there is room");
    let read = |chosen: Option<&Path>| reading::read_session(&session, chosen);
    // Where it was opened.
    assert!(matches!(read(None), Ok(FileNews::Opened(_, it)) if *it == document));
    // Gone from there: it is asked for, and what is chosen must be it.
    let [moved, other] = ["moved.csv", "other.csv"].map(|name| scratch.path().join(name));
    std::fs::rename(&data, &moved).expect("it can be moved");
    std::fs::write(&other, rows.replacen('1', "0", 1)).expect("there is room");
    for chosen in [None, Some(&*other)] {
        let news = read(chosen).expect("it is asked for");
        let FileNews::Missing(path, problem) = news else {
            panic!("{news:?}")
        };
        assert_eq!(
            (path, problem.missing_file()),
            (session.clone(), Some("rows.csv"))
        );
    }
    assert!(matches!(read(Some(&moved)), Ok(FileNews::Opened(_, it)) if *it == document));
    // Beside the session, by its name.
    std::fs::rename(&moved, scratch.path().join("rows.csv")).expect("it can be moved");
    assert!(matches!(read(None), Ok(FileNews::Opened(..))));
    let shared = document.share().expect("a line");
    assert_eq!(shared.left_out.len(), 1);
}
