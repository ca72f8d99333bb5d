//! Alignments and structures on the command line: what is found in them, what is left out, how a switch reads them.

use crate::program::{engram, engram_json, put, scratch};
use std::path::Path;

/// Sixteen sequences of twelve bases, of which `t` is the fourth.
fn bases(t: char) -> String {
    let base = |number: usize| ['A', 'C', 'G', t][number % 4];
    let row = |row: usize| (0..12).map(move |site| base(row * (site + 1) + row / 4 * site + site));
    let rows = (0..16).map(|index| format!(">r{index}\n{}\n", row(index).collect::<String>()));
    rows.collect::<Vec<String>>().concat()
}

fn found(folder: &Path, world: &str) -> serde_json::Value {
    engram_json(folder, &["world", world, "--out", "X.npy", "--json"])
}

#[test]
fn a_family_of_bases_is_stored_and_recalled() {
    let folder = scratch();
    for (name, text, said) in [
        ("rna.fasta", bases('U'), "RNA: 5 states"),
        ("dna.fasta", bases('T'), "DNA: 5 states"),
    ] {
        put(folder.path(), name, text.as_bytes());
        let world = format!("{name}:p=5");
        let json = found(folder.path(), &world);
        assert_eq!(json["report"][1], said);
        assert_eq!(
            (&json["n_units"], &json["n_patterns"]),
            (&12.into(), &5.into())
        );
        let args = [
            "recall",
            "--world",
            &world,
            "--rule",
            "potts-hebb",
            "--cue",
            "stored:1",
            "--json",
        ];
        let recalled = engram_json(folder.path(), &args);
        assert_eq!(recalled["n_units"], 12, "{recalled}");
    }
    let json = found(folder.path(), "dna.fasta:p=5,alphabet=protein");
    assert!(
        json["report"][1]
            .as_str()
            .is_some_and(|said| said.contains("independent"))
    );
}

#[test]
fn rows_that_are_no_sequences_are_left_out_and_rows_count_as_in_the_file() {
    let folder = scratch();
    let text = ">ss_pred\nCCHHHH\n>ss_conf\n998877\n>a\nACDEFG\n>b\nACDEFH\n>c\nACDEYG\n";
    put(folder.path(), "f.a3m", text.as_bytes());
    let json = found(folder.path(), "f.a3m:p=3,held-out=0");
    let left_out = &json["left_out"][0];
    assert_eq!(
        (&left_out["what"], &left_out["count"]),
        (&"rows ss_pred, ss_conf".into(), &2.into())
    );
    let mut rows: Vec<u64> = json["source_rows"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(serde_json::Value::as_u64)
        .collect();
    rows.sort_unstable();
    assert_eq!(rows, [2, 3, 4]);
}

#[test]
fn lower_case_is_refused_as_inserts_and_read_as_columns_by_a_switch() {
    let folder = scratch();
    put(
        folder.path(),
        "f.fasta",
        b">a\nACDEFG\n>b\nACdEFH\n>c\nACDEYG\n",
    );
    let refused = engram(folder.path(), &["world", "f.fasta", "--out", "X.npy"]);
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert!(
        refused.err.ends_with(
            "'b', which starts in line 3, has 5; lower-case=columns reads lower case as columns\n"
        ),
        "{}",
        refused.err
    );
    let json = found(folder.path(), "f.fasta:p=3,held-out=0,lower-case=columns");
    assert_eq!(json["n_units"], 6);
}
