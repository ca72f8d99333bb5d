//! `engram lab size` from outside: what is told of all sizes together.

use crate::program::{engram, engram_json, scratch};

#[test]
fn sizes_laid_together_are_told_alike_from_a_run_and_from_its_file() {
    let folder = scratch();
    let folder = folder.path();
    let run = [
        "lab",
        "size:from=0.06,to=0.3,points=5,patterns=20",
        "--world",
        "random:n=60",
    ];
    let sizes = ["--vary", "world.n=60;120;240", "--repeats", "4"];
    let told = engram_json(folder, &[&run[..], &sizes, &["--json"]].concat());
    let together = &told["together"][0];
    assert_eq!(together["n_units"], serde_json::json!([60.0, 120.0, 240.0]));
    for key in [
        "critical",
        "critical_error",
        "exponent",
        "exponent_error",
        "quality",
    ] {
        assert!(together[key].as_f64().unwrap() > 0.0, "{key}: {together}");
    }
    let out = ["--out", "sizes.csv"];
    let said = engram(folder, &[&run[..], &sizes, &out].concat());
    assert!(said.out.contains("over (α − α_c) N^(1/ν)"), "{}", said.out);
    let shown = engram_json(folder, &["lab", "show", "sizes.csv", "--json"]);
    assert_eq!(shown["together"], told["together"]);
    assert_eq!(
        shown["curves"][0]["half_error"],
        told["curves"][0]["half_error"]
    );
}
