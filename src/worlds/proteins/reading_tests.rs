//! Alignments as they are read: by hand, and whatever the bytes.

use super::*;
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use std::io::Write as _;

fn letters(text: &str) -> Vec<String> {
    let alignment = read(text.as_bytes()).unwrap();
    let rows = 0..alignment.n_sequences();
    rows.map(|row| alignment.letters(row)).collect()
}

fn refusal(text: &str) -> String {
    read(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn fasta_is_read_over_lines() {
    let text = "\n>first one\r\nAC DE\r\n-K\n\n>second\nWWWWWW*\n";
    assert_eq!(letters(text), ["ACDE-K", "WWWWWW"]);
    let alignment = read(text.as_bytes()).unwrap();
    let names = [alignment.name(0), alignment.name(1)].map(|name| &**name);
    assert_eq!(names, ["first", "second"]);
}

#[test]
fn inserts_belong_to_no_column() {
    assert_eq!(
        letters(">a\nAC.d-\n>b\nACx.E\n>c\nAC-\n"),
        ["AC-", "ACE", "AC-"]
    );
    let alignment = read(b">a\nAC.d-\n>b\nACx.E\n").unwrap();
    assert_eq!(alignment.n_inserted(), 2);
    // A file in lower case has no inserts, and dots are gaps where only then all lengths agree.
    assert_eq!(letters(">a\nac-e\n"), ["AC-E"]);
    assert_eq!(letters(">a\nAC.E\n>b\nACDE\n"), ["AC-E", "ACDE"]);
}

#[test]
fn letters_of_no_amino_acid_are_gaps() {
    let alignment = read(b">a\nABZXUOJ*C\n").unwrap();
    assert_eq!(alignment.letters(0), "A-------C");
    assert_eq!(alignment.n_unknown(), 7);
}

#[test]
fn stockholm_is_read_over_blocks() {
    let text = "# STOCKHOLM 1.0\n#=GF ID Kunitz\n\na/1-3 AC.\nb     WY.\n#=GR a SS HHH\n\na/1-3 -D\nb     -F\n//\nc A\n";
    assert_eq!(letters(text), ["AC-D", "WY-F"]);
}

#[test]
fn every_refusal_says_where() {
    assert_eq!(
        refusal("hello"),
        "an alignment starts with '>' (FASTA, A2M, A3M) or '# STOCKHOLM', but line 1 starts with 'hello'"
    );
    assert_eq!(
        refusal(">a\nACD\n>b\nAC\n"),
        "every sequence has the 3 columns of the first, but 'b', which starts in line 3, has 2"
    );
    assert_eq!(
        refusal(">a\nAC7\n"),
        "a sequence is written with letters, '-' and '.', but letter 3 of 'a', which starts in line 1, is '7'"
    );
    assert_eq!(
        refusal(""),
        "an alignment holds at least one sequence, but this one holds none"
    );
    assert!(refusal(">a\n").contains("this one has 1 × 0"));
    assert!(refusal("# STOCKHOLM 1.0\na AC\n").contains("breaks off"));
    assert!(refusal("# STOCKHOLM 1.0\nword\n//").contains("line 2 is one word"));
    let long = format!(">a\n{}", "A".repeat(MAX_COLUMNS + 1));
    assert!(refusal(&long).contains("1 × 10001"));
}

#[test]
fn gzip_is_unpacked_and_bombs_are_not() {
    let pack = |bytes: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).expect("a vector takes everything");
        encoder.finish().expect("a vector takes everything")
    };
    assert_eq!(read(&pack(b">a\nACD\n")).unwrap().letters(0), "ACD");
    let broken = &pack(b">a\nACD\n")[..15];
    assert!(
        read(broken)
            .unwrap_err()
            .to_string()
            .contains("cannot be decompressed")
    );
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        drop(read(&bytes));
        for start in [&b">"[..], b"# STOCKHOLM 1.0\n", b">a\nACD\n>"] {
            drop(read(&[start, &bytes].concat()));
        }
    }

    #[test]
    fn what_is_written_is_read(rows in proptest::collection::vec("[ACDEFGHIKLMNPQRSTVWY-]{12}", 1..9), width in 1..12_usize) {
        let wrapped = |row: &String| {
            let lines: Vec<&str> = row.as_bytes().chunks(width).filter_map(|line| std::str::from_utf8(line).ok()).collect();
            lines.join("\n")
        };
        let fasta = rows.iter().fold(String::new(), |text, row| text + ">s\n" + &wrapped(row) + "\n");
        prop_assert_eq!(&letters(&fasta), &rows);
        let mut stockholm = "# STOCKHOLM 1.0\n".to_owned();
        for first in (0..12).step_by(width) {
            for (index, row) in rows.iter().enumerate() {
                let part = &row[first..(first + width).min(12)];
                stockholm = stockholm + &format!("s{index} ") + part + "\n";
            }
        }
        prop_assert_eq!(&letters(&(stockholm + "//\n")), &rows);
    }
}
