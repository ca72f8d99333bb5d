//! A full disk, a folder that is read-only, a file of a gigabyte: said in a sentence, and nothing is lost.

#![cfg(unix)]

use crate::program::{Said, engram, names, put, scratch};
use engram::session::Document;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Saves a session that carries a table.
const SAVE: [&str; 5] = ["recall", "--world", "../t.csv", "--save", "a.engram"];

/// A folder with a table, and a folder beside it with a session in it that was saved.
struct Place {
    scratch: tempfile::TempDir,
    old: Vec<u8>,
}

impl Place {
    fn new() -> Self {
        let scratch = scratch();
        let row = |row: usize| {
            (0..64).map(move |column| {
                if row >> (column % 6) & 1 == 1 {
                    "1"
                } else {
                    "0"
                }
            })
        };
        let rows: Vec<String> = (0..60)
            .map(|number| row(number).collect::<Vec<_>>().join(","))
            .collect();
        put(scratch.path(), "t.csv", rows.join("\n").as_bytes());
        let folder = scratch.path().join("sessions");
        fs::create_dir(&folder).expect("there is room");
        let said = engram(&folder, &SAVE);
        assert_eq!(said.code, 0, "{}", said.err);
        let old = fs::read(folder.join("a.engram")).expect("it was saved");
        assert!(
            old.len() > 8 << 10,
            "{} bytes are written in pieces",
            old.len()
        );
        Self { scratch, old }
    }

    fn folder(&self) -> std::path::PathBuf {
        self.scratch.path().join("sessions")
    }

    /// Saves another session over the one that is there, by way of `program` and its `args`, which end where the command
    /// begins that is to be run; what was said, unless there is no such program.
    fn save_over(&self, program: &str, args: &[&str]) -> Option<Said> {
        let mut command = Command::new(program);
        command.args(args).arg(env!("CARGO_BIN_EXE_engram"));
        command.args(SAVE).args(["--seed", "99"]);
        let output = command.current_dir(self.folder()).output().ok()?;
        Some(Said {
            code: output.status.code().expect("it was not killed"),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// The same in a disk that `script` puts in, where this system lets somebody: elsewhere there is no such thing to test.
    fn save_over_on_another_disk(&self, script: &str) -> Option<Said> {
        let said = self.save_over("unshare", &["-rm", "sh", "-c", script, "sh"])?;
        // By `unshare` where it is refused, and by the scripts where the disk is.
        (said.code != 1 && said.code != 77).then_some(said)
    }

    /// It was refused in a sentence that names the file and ends in `why`, and the session in `folder` is as it was.
    fn assert_refused(&self, said: &Said, why: &str, folder: &Path) {
        let sentence = format!("engram recall: --save: a.engram: {why}\n");
        assert_eq!((said.code, &*said.err), (2, &*sentence));
        let now = fs::read(folder.join("a.engram")).expect("it is there");
        assert!(now == self.old, "the old session is spoiled");
        assert_eq!(names(folder), ["a.engram"], "nothing half written is left");
    }
}

/// What is written may have 4 KiB: the system takes so many bytes and refuses the rest, on every disk, from everybody.
const SHORT_FILES: &str = "trap '' XFSZ; ulimit -f 8; exec \"$@\"";

/// A disk of 64 KiB that is full but for the session; what is on it then is put into `../after`.
const SMALL_DISK: &str = "mkdir ../disk && mount -t tmpfs -o size=64k engram ../disk || exit 77; \
     cp a.engram ../disk; cd ../disk; cat /dev/zero >full 2>/dev/null; \
     \"$@\"; code=$?; rm full; cp -R . ../after; exit $code";

#[test]
fn a_full_disk_is_said_and_the_old_session_stays() {
    let place = Place::new();
    let shell = ["-c", SHORT_FILES, "sh"];
    let said = place.save_over("sh", &shell).expect("there is a shell");
    place.assert_refused(&said, "file too large", &place.folder());
    // Where a disk can be put in, the same on one that is full indeed.
    if let Some(said) = place.save_over_on_another_disk(SMALL_DISK) {
        let after = place.scratch.path().join("after");
        place.assert_refused(&said, "no space left on device", &after);
    }
    // There is room again.
    let said = place
        .save_over("env", &[])
        .expect("there is such a program");
    assert_eq!(said.code, 0, "{}", said.err);
    let now = fs::read(place.folder().join("a.engram")).expect("it is there");
    assert_eq!(
        Document::of_bytes(&now).expect("it is whole").recipe.seed,
        99
    );
}

/// The folder of the session is read-only, even to whoever may do everything, as far as the shell goes.
const READ_ONLY: &str =
    "mount --bind . . && mount -o remount,ro,bind \"$PWD\" || exit 77; cd \"$PWD\"; exec \"$@\"";

#[test]
fn a_folder_that_is_read_only_is_said_and_the_old_session_stays() {
    let place = Place::new();
    let folder = place.folder();
    fs::set_permissions(&folder, Permissions::from_mode(0o555)).expect("it is ours");
    // Root may write everywhere, unless that is taken from it.
    let said = if rustix::process::geteuid().is_root() {
        place.save_over("setpriv", &["--bounding-set=-dac_override"])
    } else {
        place.save_over("env", &[])
    };
    let why = "no file can be made in this folder: ";
    let said = said.expect("there is such a program");
    place.assert_refused(&said, &format!("{why}permission denied"), &folder);
    fs::set_permissions(&folder, Permissions::from_mode(0o755)).expect("it is ours");
    // Where a disk can be put in, the same on one that nobody writes to.
    if let Some(said) = place.save_over_on_another_disk(READ_ONLY) {
        place.assert_refused(&said, &format!("{why}read-only file system"), &folder);
    }
}

#[test]
fn a_gigabyte_is_refused_by_its_size() {
    let folder = scratch();
    let large = |name: &str, begin: &[u8]| {
        let path = put(folder.path(), name, begin);
        let file = File::options().write(true).open(path);
        file.and_then(|file| file.set_len(1 << 30))
            .expect("holes take no room");
    };
    large("zeros.engram", b"");
    large(
        "session.engram",
        b"{\"format\": \"engram session\", \"version\": 2",
    );
    large("lesson.md", b"---\ntitle: T\n");
    for (args, most) in [
        (["open", "zeros.engram"], 512),
        (["open", "session.engram"], 512),
        (["lessons", "lesson.md"], 1),
    ] {
        let clock = Instant::now();
        let said = engram(folder.path(), &args);
        let sentence = format!(
            "engram {}: {}: a file of this kind may have at most {most} MiB, but this one has more\n",
            args[0], args[1]
        );
        assert_eq!((said.code, said.err), (2, sentence));
        assert!(clock.elapsed() < Duration::from_secs(2), "it is not read");
    }
}
