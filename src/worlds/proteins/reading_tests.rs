//! Alignments as they are read: by hand, and whatever the bytes.

use super::*;
use crate::engine::patterns::Letters;
use crate::worlds::proteins::{AlphabetChoice, LowerCase};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use std::io::Write as _;

fn letters(text: &str) -> Vec<String> {
    let alignment = read(text.as_bytes()).unwrap();
    let rows = 0..alignment.n_sequences();
    rows.map(|row| alignment.text(row)).collect()
}

fn refusal(text: &str) -> String {
    read(text.as_bytes()).unwrap_err().to_string()
}

fn left_out(alignment: &Alignment) -> Vec<String> {
    let left_out = alignment.about().left_out.iter();
    left_out.map(LeftOut::in_words).collect()
}

fn read_with(text: &str, options: AlignmentOptions) -> Result<Alignment, Error> {
    let mut reading = AlignmentReading::new(text.as_bytes().into(), options);
    loop {
        if let Some(alignment) = reading.step()? {
            return Ok(alignment);
        }
    }
}

/// Heads and encodings of other programs, all around the same two sequences.
#[test]
fn usual_heads_and_encodings_are_read() {
    let fasta = ">a\nACDEFGHIKL\n>b\nAC-EFGHIKM\n";
    let rows = ["ACDEFGHIKL", "AC-EFGHIKM"];
    for text in [
        format!("#60\t1\n{fasta}"),
        format!("#A3M#\n{fasta}"),
        format!("\u{feff}{fasta}"),
        format!("; made by an old tool\n{fasta}; and its end\n"),
        format!("Aligned by hand\n{fasta}"),
        fasta.replace('>', "\0>"),
        fasta.replace("\n>", "\n\0>") + "\0",
        fasta.replace('\n', "\r"),
        fasta.replace('\n', "\r\n"),
        fasta.replace("\nAC", "\n1 AC").replace("HIK", "\t11 HIK 13 "),
        format!("{fasta}>\n\n"),
        fasta.replace('-', "_"),
        fasta.replace('-', "~"),
        ">P1;a\nfirst - of two\nACDEFGHIKL*\n>P1;b\nsecond\nAC-EFGHIKM*\n".to_owned(),
        "ACDEFGHIKL\nAC-EFGHIKM\n\n".to_owned(),
        "CLUSTAL W (1.83)\n\na  ACDEF 5\nb  AC-EF 4\n   ** **\n\na  GHIKL 10\nb  GHIKM 9\n   ****\n"
            .to_owned(),
    ] {
        assert_eq!(letters(&text), rows, "{text:?}");
    }
    let marked = format!("\u{feff}{fasta}");
    for unit in [u16::to_le_bytes, u16::to_be_bytes] {
        let wide: Vec<u8> = marked.encode_utf16().flat_map(unit).collect();
        assert_eq!(read(&wide).unwrap().text(1), rows[1]);
    }
    let named = read(b">M\xfcller\nACD\n").unwrap();
    assert_eq!(&**named.name(0), "M\u{fc}ller");
}

#[test]
fn what_is_no_sequence_is_counted_and_named() {
    let text =
        "about\n>ss_dssp\nCCB\n>ss_pred\nHH-\n>ss_conf\n992\n>a\nACD\n>b\nACE\n#3\t1\n>101\nWW\n";
    let alignment = read_with(text, AlignmentOptions::default()).unwrap();
    assert_eq!(
        left_out(&alignment),
        [
            "Left out: line before the first '>': a sequence has a name",
            "Left out: 3 rows ss_dssp, ss_pred, ss_conf: secondary structure and the like, no sequences",
            "Left out: a second alignment in the same file: the first is read",
        ]
    );
    assert_eq!([alignment.row(0), alignment.row(1)], [3, 4], "of the file");
}

#[test]
fn of_several_stockholm_alignments_the_first_is_read() {
    let one = "# STOCKHOLM 1.0\n#=GF ID One\na ACD\n//\n";
    let two = "# STOCKHOLM 1.0\n#=GF ID Two\n#=GF AC PF2\nb WY\n//\n";
    let alignment = read((one.to_owned() + two).as_bytes()).unwrap();
    assert_eq!(
        (alignment.n_sequences(), alignment.text(0)),
        (1, "ACD".to_owned())
    );
    assert_eq!(
        left_out(&alignment),
        ["Left out: a second alignment in the same file, Two: the first is read"]
    );
    let broken_off = one.replace("//\n", "") + &two.repeat(2) + "\n# STOCKHOLM 1.0\n";
    let alignment = read(broken_off.as_bytes()).unwrap();
    assert_eq!(
        left_out(&alignment),
        ["Left out: 3 alignments in the same file, Two, Two, …: the first is read"]
    );
}

#[test]
fn bases_are_told_by_their_letters_unless_somebody_says_otherwise() {
    let options = |alphabet| AlignmentOptions {
        alphabet,
        ..AlignmentOptions::default()
    };
    let rna = ">a\nACGUACGUACGUA-GUACGUN\n>b\nacguACGUACGUACGUACGTACGUU\n";
    let read_rna = read_with(rna, options(AlphabetChoice::Automatic)).unwrap();
    assert_eq!(read_rna.letters(), Letters::RNA);
    assert_eq!(read_rna.text(0), "ACGUACGUACGUA-GUACGU-");
    assert_eq!(read_rna.text(1), "ACGUACGUACGUACGUACGUU", "T is U");
    assert_eq!((read_rna.about().n_unknown, read_rna.gap()), (1, 4));
    assert_eq!(read_rna.consensus()[3], 3);
    let as_protein = read_with(rna, options(AlphabetChoice::Protein)).unwrap();
    assert_eq!(
        (as_protein.letters(), as_protein.about().n_unknown),
        (Letters::PROTEIN, 10)
    );
    let of = |text: &str| read(text.as_bytes()).unwrap().letters();
    assert_eq!(of(">a\nACGT\n>b\nACGT\n>c\nA-GT\n"), Letters::DNA);
    assert_eq!(of(">a\nacgu\n>b\nac-u\n"), Letters::RNA);
    assert_eq!(of(">a\nACGT\n"), Letters::PROTEIN, "a single sequence");
    assert_eq!(of(">a\nACGE\n>b\nACGT\n"), Letters::PROTEIN);
    assert_eq!(
        of(">a\nACNN\n>b\nACGT\n"),
        Letters::PROTEIN,
        "too many unknown"
    );
    let forced = read_with(">a\nACGT\n", options(AlphabetChoice::Dna)).unwrap();
    assert_eq!(forced.letters(), Letters::DNA);
}

#[test]
fn lower_case_is_what_it_is_said_to_be() {
    let text = ">a\nACDE\n>b\nACdE\n";
    let options = |lower_case| AlignmentOptions {
        lower_case,
        ..AlignmentOptions::default()
    };
    assert_eq!(
        refusal(text),
        "every sequence has the 4 columns of the first without its lower case, which means inserts (A2M, A3M), but 'b', which starts in line 3, has 3; lower-case=columns reads lower case as columns"
    );
    let columns = read_with(text, options(LowerCase::Columns)).unwrap();
    assert_eq!(
        (columns.text(1), columns.about().lower_as_columns),
        ("ACDE".to_owned(), true)
    );
    let none = read_with(">a\nac\n", options(LowerCase::Inserts))
        .unwrap_err()
        .to_string();
    assert!(none.contains("1 × 0"), "{none}");
    // Inserts as they are meant.
    assert!(
        !read(b">a\nACDE\n>b\nACxDE\n")
            .unwrap()
            .about()
            .lower_as_columns
    );
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
    assert_eq!(
        left_out(&alignment),
        ["Left out: 2 letters: lower case means inserts, which belong to no column"]
    );
    // A file in lower case has no inserts, and dots are gaps where only then all lengths agree.
    assert_eq!(letters(">a\nac-e\n"), ["AC-E"]);
    assert_eq!(letters(">a\nAC.E\n>b\nACDE\n"), ["AC-E", "ACDE"]);
    // The same number of dots, but in other places: left out, C and D would stand in one column.
    assert_eq!(letters(">a\nAC.E\n>b\nA.DE\n"), ["AC-E", "A-DE"]);
    let columns = AlignmentOptions {
        lower_case: LowerCase::Columns,
        ..AlignmentOptions::default()
    };
    let upper = read_with(">a\nACDE\n", columns).unwrap();
    assert!(!upper.about().lower_as_columns, "there is none");
}

#[test]
fn titles_of_pir_may_be_empty_or_look_like_comments() {
    for title in ["", "; from a book", "# 1"] {
        let text = format!(">P1;a\n{title}\nACDE\nFGHI*\n>P1;b\n{title}\nACDE\nFGHI*\n");
        assert_eq!(letters(&text), ["ACDEFGHI"; 2], "{title}");
    }
}

#[test]
fn letters_of_no_amino_acid_are_gaps() {
    let alignment = read(b">a\nABZXUOJ*C\n").unwrap();
    assert_eq!(alignment.text(0), "A-------C");
    assert_eq!(alignment.about().n_unknown, 7);
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
        "an alignment starts with '>' (FASTA, A2M, A3M), '# STOCKHOLM' or 'CLUSTAL', or holds a sequence a line, but line 1 starts with 'hello'"
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
    assert_eq!(
        refusal("#NEXUS\nbegin data;\n"),
        "an alignment is written as FASTA, A2M, A3M, Stockholm, CLUSTAL or a sequence a line, but this is NEXUS"
    );
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
    assert_eq!(read(&pack(b">a\nACD\n")).unwrap().text(0), "ACD");
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
        for start in [&b">"[..], b"# STOCKHOLM 1.0\n", b">a\nACD\n>", b"CLUSTAL\n", b"\xff\xfe>\0", b"ACDEFGHIKL\nACDEFGHIKL\n"] {
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
