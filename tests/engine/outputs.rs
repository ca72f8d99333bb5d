//! Where files are written to: what cannot be is refused before any work, what was is said once it is there.

use crate::program::{engram, names, put, scratch};
use crate::refusals::refused;
use engram::worlds::npy;
use ndarray::array;
use std::fs;
use std::path::Path;

/// Commands that write, each with something else that is refused later: files that are not there. Where in the line the
/// outputs stand is written `{}`.
const LATER: &[(&str, &str)] = &[
    (
        "learn --patterns-file gone.npy --rule hebb --out {}",
        "--out: ",
    ),
    (
        "relax --couplings gone.npy --cues gone.npy --dynamics sync --out {}",
        "--out: ",
    ),
    ("world mnist:p=2000,digits=5 --out {}", "--out: "),
    (
        "world mnist:p=2000,digits=5 --out X.npy --labels {}",
        "--labels: ",
    ),
    (
        "world mnist:p=2000,digits=5 --out X.npy --unseen {} --n-unseen 3",
        "--unseen: ",
    ),
    ("contacts --rule hebb --out {}", "--out: "),
];

/// Every command refuses to write a file at `path`, in a sentence with `words`.
fn refused_everywhere(folder: &Path, path: &str, words: &str) {
    for (args, flag) in LATER {
        let named = format!("{flag}{path}: ");
        refused(folder, &args.replace("{}", path), &[&named, words]);
    }
}

#[test]
fn what_comes_later_is_refused_where_the_outputs_are_good() {
    let folder = scratch();
    for (args, _) in LATER {
        refused(folder.path(), &args.replace("{}", "good"), &[": "]);
    }
}

#[test]
fn what_is_no_name_of_a_file_is_refused_before_any_work() {
    let folder = scratch();
    put(folder.path(), "file", b"x");
    fs::create_dir(folder.path().join("sub")).expect("a new folder");
    for (path, words) in [
        ("new/", "this is no name for a file"),
        ("file/", "this is no name for a file"),
        ("new/.", "this is no name for a file"),
        ("sub", "this is a folder"),
        ("sub/", "this is a folder"),
        ("..", "this is a folder"),
        ("file/X.npy", "there is no such folder"),
        ("gone/X.npy", "there is no such folder"),
    ] {
        refused_everywhere(folder.path(), path, words);
    }
    for path in ["file", "file/new", "file/new/deep"] {
        let args = format!("recall --cue gone.png --out {path}");
        refused(folder.path(), &args, &["--out: ", "a folder is wanted"]);
    }
}

#[cfg(unix)]
#[test]
fn names_may_be_as_long_as_the_system_admits() {
    let folder = scratch();
    // 255 bytes, in letters of two.
    let long = format!("{}n", "é".repeat(127));
    let too_long = format!("{long}n");
    for name in [too_long, "n".repeat(256)] {
        refused_everywhere(folder.path(), &name, "file name too long");
        for folders in [
            name.clone(),
            format!("new/{name}"),
            format!("new/{name}/deep/"),
        ] {
            let args = format!("recall --cue gone.png --out {folders}");
            refused(folder.path(), &args, &["--out: ", "file name too long"]);
        }
    }
    for _again in 0..2 {
        let said = engram(folder.path(), &["world", "random:n=16,p=2", "--out", &long]);
        assert_eq!((said.code, said.err), (0, format!("wrote {long}\n")));
    }
    let long_folder = "d".repeat(255);
    let said = engram(folder.path(), &["recall", "--out", &long_folder]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(names(folder.path()), [long_folder, long]);
}

/// A folder in which nobody who runs this test can make a file, if there is one: one without the right to, which binds
/// everybody but the system's administrator, or one that the system keeps to itself.
#[cfg(unix)]
fn closed(folder: &Path) -> Option<String> {
    use std::os::unix::fs::PermissionsExt as _;
    let path = folder.join("closed");
    fs::create_dir(&path).expect("a new folder");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o555)).expect("it is one's own");
    let takes_files = |path: &Path| {
        let probe = path.join("probe");
        fs::write(&probe, b"x")
            .and_then(|()| fs::remove_file(&probe))
            .is_ok()
    };
    if !takes_files(&path) {
        return Some("closed".to_owned());
    }
    let systems = Path::new("/proc");
    (systems.is_dir() && !takes_files(systems)).then(|| "/proc".to_owned())
}

#[cfg(unix)]
#[test]
fn folders_that_take_no_files_are_refused_before_any_work() {
    let folder = scratch();
    let Some(closed) = closed(folder.path()) else {
        return;
    };
    let words = "no file can be made in this folder: ";
    refused_everywhere(folder.path(), &format!("{closed}/X.npy"), words);
    for out in [
        closed.clone(),
        format!("{closed}/new"),
        format!("{closed}/new/deep/"),
    ] {
        let args = format!("recall --cue gone.png --out {out}");
        refused(folder.path(), &args, &["--out: ", words]);
    }
}

#[test]
fn everything_that_was_written_is_said() {
    let folder = scratch();
    let path = folder.path();
    for (args, wrote) in [
        (
            "world random:n=16,p=2 --out X.npy --labels ./L.txt --unseen U.npy --n-unseen 3",
            "wrote X.npy\nwrote ./L.txt\nwrote U.npy\n",
        ),
        (
            "learn --patterns-file X.npy --rule hebb --out J.npy",
            "wrote J.npy\n",
        ),
        (
            "learn --world random:n=16,p=2 --rule hebb --out J.npz",
            "wrote J.npz\n",
        ),
        (
            "relax --couplings J.npy --cues X.npy --dynamics sync --out S.npy",
            "wrote S.npy\n",
        ),
        (
            "relax --patterns-file X.npy --rule dense --cues X.npy --dynamics sync --out S.npy --json",
            "wrote S.npy\n",
        ),
        (
            "contacts --world protein:p=5 --rule potts-hebb --top 2 --out c.csv",
            "wrote c.csv\n",
        ),
    ] {
        let said = engram(path, &args.split(' ').collect::<Vec<_>>());
        assert_eq!(said.code, 0, "{args}: {}", said.err);
        assert!(said.err.ends_with(wrote), "{args}: {}", said.err);
        let lines = said.err.lines().filter(|line| line.starts_with("wrote "));
        assert_eq!(lines.count(), wrote.lines().count(), "{args}: {}", said.err);
    }
    let all = [
        "J.npy", "J.npz", "L.txt", "S.npy", "U.npy", "X.npy", "c.csv",
    ];
    assert_eq!(names(path), all);
    let unseen = npy::read_patterns(&fs::read(path.join("U.npy")).expect("it was written"));
    assert_eq!(unseen.expect("states of ±1").dim(), (3, 16));
}

#[test]
fn unseen_patterns_are_as_many_as_there_are() {
    let folder = scratch();
    let path = folder.path();
    put(path, "t.csv", b"1,0,1,0\n0,1,1,0\n1,1,0,0\n0,0,1,1\n");
    for (args, words) in [
        (
            "world random:n=16,p=2 --out A --unseen U --n-unseen 0",
            "--n-unseen: the number of unseen patterns must be a whole number from 1 to 4294967295, not '0'",
        ),
        (
            "world random:n=16,p=2 --out A --unseen U --n-unseen -1",
            "--n-unseen: the number of unseen patterns must be a whole number from 1 to",
        ),
        (
            "world random:n=16,p=2 --out A --unseen U --n-unseen 1001",
            "--n-unseen: 1001 unseen patterns asked for, but there are only 1000",
        ),
        (
            "world t.csv:held-out=0,p=4 --out A --unseen U --n-unseen 1",
            "--n-unseen: 1 unseen patterns asked for, but there are only stored ones",
        ),
        (
            "world random:n=16,p=2 --out A --n-unseen 3",
            "--unseen <U.npy>",
        ),
        ("world random:n=16,p=2 --out A --unseen U", "--n-unseen <K>"),
    ] {
        refused(path, args, &[words]);
    }
}

/// Learning that would be refused is not come to where cues are: `taylor` as it stands here diverges.
#[test]
fn cues_are_read_before_anything_is_learned() {
    let folder = scratch();
    let path = folder.path();
    put(
        path,
        "X.npy",
        &npy::write_i8(&array![[1, -1, 1, 1], [-1, -1, 1, -1]]),
    );
    put(path, "C.npy", &npy::write_i8(&array![[1, -1, 1]]));
    put(path, "Z.npy", &npy::write_i8(&array![[1, -1, 0, 1]]));
    let relax = |cues: &str, words: &[&str]| {
        let rule = "taylor:w0=1,presentations=100";
        let args = format!(
            "relax --patterns-file X.npy --rule {rule} --cues {cues} --dynamics sync --out S.npy"
        );
        refused(path, &args, words);
    };
    relax("X.npy", &["--rule: the couplings grew beyond all bounds"]);
    relax(
        "C.npy",
        &[
            "--cues: C.npy: ",
            "must have 4 columns, one for each unit, not 3",
        ],
    );
    relax("Z.npy", &["--cues: Z.npy: ", "row 0, column 2"]);
    relax("gone.npy", &["--cues: gone.npy: no such file"]);
}

#[test]
fn relax_tells_how_learning_ended_and_what_is_odd_about_patterns() {
    let folder = scratch();
    let path = folder.path();
    // Two sweeps are too few for that margin.
    put(
        path,
        "X.npy",
        &npy::write_i8(&array![[1, -1, 1, 1], [1, -1, 1, 1], [1, -1, 1, 1]]),
    );
    let rule = "perceptron:margin=5,sweeps=2";
    let learn = format!("learn --patterns-file X.npy --rule {rule} --out J.npy --json");
    let relax = format!(
        "relax --patterns-file X.npy --rule {rule} --cues X.npy --dynamics sync --out S.npy --json"
    );
    let [learned, relaxed] = [learn, relax].map(|args| {
        let said = engram(path, &args.split(' ').collect::<Vec<_>>());
        assert_eq!(said.code, 0, "{args}: {}", said.err);
        let json: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
        (json, said.err)
    });
    let ending = &learned.0["ending"];
    assert!(ending.is_string(), "{}", learned.0);
    let mut expected = learned.0["remarks"].as_array().expect("a list").clone();
    assert!(!expected.is_empty(), "three times the same pattern is odd");
    expected.push(ending.clone());
    assert_eq!(
        relaxed.0["remarks"],
        serde_json::Value::Array(expected.clone())
    );
    let lines = expected.iter().filter_map(serde_json::Value::as_str);
    let lines: Vec<&str> = lines.chain(["wrote S.npy"]).collect();
    assert_eq!(relaxed.1.lines().collect::<Vec<_>>(), lines);
}
