//! Small inputs that strangers bring, each standing for a kind: what is read of them, what is said, what is refused.
//!
//! `tests/cases` holds them, made by hand after the structure of public bug reports.

use crate::program::{Said, engram, scratch};
use serde_json::Value;
use std::path::Path;

/// What `engram world` says of a case: standard output as JSON, and standard error without what was written.
fn opened(case: &str, settings: &str) -> (Value, Vec<String>) {
    let said = world(case, settings);
    assert_eq!(said.code, 0, "{case}: {}", said.err);
    let told = said.err.lines().filter(|line| !line.starts_with("wrote "));
    let told = told.map(str::to_owned).collect();
    (serde_json::from_str(&said.out).expect("JSON"), told)
}

fn world(case: &str, settings: &str) -> Said {
    let folder = scratch();
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(case);
    let world = format!("{}:held-out=0{settings}", path.display());
    engram(
        folder.path(),
        &["world", &world, "--out", "X.npy", "--json"],
    )
}

/// Refused, in one sentence with all of `words`.
fn refused(case: &str, words: &[&str]) {
    let said = world(case, "");
    assert_eq!((said.code, &*said.out), (2, ""), "{case}");
    assert_eq!(said.err.lines().count(), 1, "{case}: {}", said.err);
    for word in words {
        assert!(
            said.err.contains(word),
            "{case}: {word} is not in {}",
            said.err
        );
    }
}

/// All of `count` patterns of `n_units` units, and `warnings` on standard error and in the JSON.
fn stored(case: &str, count: usize, n_units: usize, warnings: &[&str]) -> Value {
    let (json, told) = opened(case, &format!(",p={count}"));
    assert_eq!(
        (&json["n_patterns"], &json["n_units"]),
        (&count.into(), &n_units.into()),
        "{case}"
    );
    assert_eq!(told.len(), warnings.len(), "{case}: {told:?}");
    for (line, warning) in told.iter().zip(warnings) {
        assert!(line.contains(warning), "{case}: {warning} is not in {line}");
    }
    let in_json =
        [&json["remarks"], &json["left_out"]].map(|list| list.as_array().map_or(0, Vec::len));
    assert_eq!(
        in_json[0] + in_json[1],
        warnings.len(),
        "{case}: the same in JSON"
    );
    json
}

#[test]
fn tables_with_odd_ends_and_heads_are_read_whole() {
    for case in [
        "trailing_comma.csv",
        "trailing_semicolon.csv",
        "sep_line.csv",
        "percent_comment.txt",
        "cr_only.csv",
    ] {
        stored(&format!("tables/{case}"), 6, 9, &[]);
    }
    stored(
        "tables/from_one.csv",
        6,
        9,
        &["The first row is taken for titles"],
    );
}

#[test]
fn a_hole_in_the_first_row_is_named_and_loses_nothing() {
    for (case, found) in [
        ("hole_first.csv", "line 1, column 1 is empty"),
        ("nan_first.csv", "line 1, column 1 holds 'NaN'"),
        ("question_first.csv", "line 1, column 1 holds '?'"),
        (
            "decimal_comma_first.csv",
            "line 1, column 1 holds '1,0', with a comma for the point",
        ),
    ] {
        refused(&format!("tables/{case}"), &[case, found]);
    }
}

#[test]
fn labels_and_numbers_of_rows_are_no_pixels() {
    let case = "tables/label_first_column_12_rows.csv";
    let json = stored(case, 12, 784, &["Column 1 is taken for labels"]);
    assert!(json["report"].to_string().contains("Labels: 6 classes"));
    let json = stored(
        "tables/big_id_first_12_rows.csv",
        11,
        784,
        &["Left out: column 1, 'id'"],
    );
    assert_eq!(json["left_out"][0]["count"], 1);
    let (undone, told) = opened(case, ",p=12,labels=none");
    assert_eq!(
        (&undone["n_units"], told.len()),
        (&785.into(), 1),
        "{told:?}"
    );
    assert!(told[0].contains("N = 785 is one more than 28²"));
}

#[test]
fn what_lies_beside_a_file_only_ever_adds() {
    for (case, from) in [
        ("tables/pair/X.csv", "y.csv"),
        ("tables/pair2/data.txt", "labels.txt"),
    ] {
        let json = stored(case, 6, 9, &[]);
        assert!(
            json["report"]
                .to_string()
                .contains(&format!("3 classes, from '{from}'"))
        );
    }
    let json = stored("arrays/beside_onehot/X.npy", 40, 64, &[]);
    assert!(
        json["report"]
            .to_string()
            .contains("4 classes, from 'y.npy'")
    );
    stored(
        "arrays/beside_other/X.npy",
        40,
        64,
        &["Left out: label file 'y.npy': the labels must have 40 entries"],
    );
}

#[test]
fn arrays_come_as_other_programs_pack_them() {
    let mac = "Left out: archive member '__MACOSX/._x.npy'";
    stored("arrays/zip_mac.npz", 40, 64, &[mac]);
    stored("arrays/gz_trailing.gz", 30, 64, &[]);
    refused("arrays/sparse_csr.npz", &["a sparse matrix", "X.toarray()"]);
}

#[test]
fn a_picture_cut_in_half_is_refused() {
    refused(
        "pictures/cut_half.jpg",
        &["cut_half.jpg", "this one breaks off after 2403 bytes"],
    );
}
