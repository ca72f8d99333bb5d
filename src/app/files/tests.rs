//! No answer of a dialog is lost, everything is read in turn, and pictures are written whole.

use super::*;
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
        if let Some(result) = files.poll(ctx) {
            return result;
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
        files.ask(&ctx, Purpose::Save(content), || later.answer());
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
