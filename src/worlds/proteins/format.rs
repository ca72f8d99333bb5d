//! What kind of file an alignment is, by the look of its first lines and never by its name.
//!
//! Absent: the reading of it.

use crate::engine::Error;

/// Bytes of text that are looked at: three rows of the widest alignment.
pub(super) const HEAD: usize = 32 << 10;

/// What an alignment looks like, as a clause.
pub(super) const EXPECTED: &str = "an alignment starts with '>' (FASTA, A2M, A3M), '# STOCKHOLM' or 'CLUSTAL', or holds a sequence a line";

/// The fewest letters of a row that has no name: shorter ones may be words.
const LEAST_BARE: usize = 10;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// FASTA, A2M or A3M.
    Fasta,
    Stockholm,
    Clustal,
    /// A sequence a line and nothing else, as PSICOV takes them.
    Bare,
    /// PDB or mmCIF, which stand beside an alignment.
    Structure,
    /// A file about sequences or proteins that is not read.
    Foreign(&'static str),
}

impl Format {
    /// The kind of the file whose text starts with `head`, at most [`HEAD`] bytes.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
        let mut lines = lines.by_ref().filter(|line| !line.is_empty()).peekable();
        let first = *lines.peek()?;
        if let Some(format) = by_start(first) {
            return Some(format);
        }
        if is_mmcif(head) {
            return Some(Self::Structure);
        }
        if is_bare(head) {
            return Some(Self::Bare);
        }
        if is_phylip(head) {
            return Some(Self::Foreign("PHYLIP"));
        }
        let mut plain = true;
        while let Some(line) = lines.next() {
            if line.starts_with(b"# STOCKHOLM") {
                return Some(Self::Stockholm);
            }
            if line.starts_with(b">") {
                // After lines that are no comments, only letters below it show that it is a name.
                let named = plain || lines.next().is_some_and(is_sequence);
                return named.then_some(Self::Fasta);
            }
            plain &= line.starts_with(b";") || line.starts_with(b"#");
        }
        None
    }

    /// A sentence for text that is no alignment.
    pub(super) fn refusal(self) -> Option<Error> {
        let name = match self {
            Self::Foreign(name) => name,
            Self::Structure => "a structure, which is opened together with an alignment",
            Self::Fasta | Self::Stockholm | Self::Clustal | Self::Bare => return None,
        };
        Some(Error::Format {
            expected: "an alignment is written as FASTA, A2M, A3M, Stockholm, CLUSTAL or a sequence a line"
                .to_owned(),
            found: format!("this is {name}"),
        })
    }
}

/// The format that the first line names.
fn by_start(line: &[u8]) -> Option<Format> {
    const STARTS: [(&str, Format); 21] = [
        (">", Format::Fasta),
        ("# STOCKHOLM", Format::Stockholm),
        ("CLUSTAL", Format::Clustal),
        ("MUSCLE (", Format::Clustal),
        ("PROBCONS", Format::Clustal),
        ("#NEXUS", Format::Foreign("NEXUS")),
        ("#nexus", Format::Foreign("NEXUS")),
        ("#MEGA", Format::Foreign("MEGA")),
        ("#mega", Format::Foreign("MEGA")),
        ("!!AA_MULTIPLE", Format::Foreign("MSF")),
        ("!!NA_MULTIPLE", Format::Foreign("MSF")),
        ("PileUp", Format::Foreign("MSF")),
        ("HMMER", Format::Foreign("a profile and no alignment")),
        ("HHsearch", Format::Foreign("a profile and no alignment")),
        ("HEADER  ", Format::Structure),
        ("TITLE   ", Format::Structure),
        ("CRYST1 ", Format::Structure),
        ("REMARK  ", Format::Structure),
        ("MODEL   ", Format::Structure),
        ("ATOM  ", Format::Structure),
        ("HETATM", Format::Structure),
    ];
    let found = STARTS
        .iter()
        .find(|(start, _)| line.starts_with(start.as_bytes()));
    found.map(|(_, format)| *format)
}

/// Whether the first line that is no comment names a block of mmCIF, with something in it, or begins its atoms.
pub(super) fn is_mmcif(head: &[u8]) -> bool {
    let has = |mark: &[u8]| head.windows(mark.len()).any(|part| part == mark);
    let word = |byte: &u8| byte.is_ascii_graphic() && !b",;".contains(byte);
    let lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with(b"#"));
    let first = lines.next().unwrap_or_default();
    if first.starts_with(b"data_") {
        return first.iter().all(word) && (has(b"\n_") || has(b"\nloop_"));
    }
    (first == b"loop_" || first.starts_with(b"_")) && has(b"_atom_site.")
}

/// Whether there are two or more lines and all are sequences of one length.
fn is_bare(head: &[u8]) -> bool {
    let mut lines: Vec<&[u8]> = head.split(|byte| *byte == b'\n').collect();
    if head.len() >= HEAD {
        // It may have been cut.
        lines.pop();
    }
    lines.retain(|line| !line.is_empty());
    let upper = |byte: &u8| byte.is_ascii_uppercase() || matches!(byte, b'-' | b'.');
    let length = lines.first().map_or(0, |line| line.len());
    lines.len() > 1
        && length >= LEAST_BARE
        && lines
            .iter()
            .all(|line| line.len() == length && line.iter().all(upper))
}

/// Whether the first line is two numbers, and the second a name with letters.
fn is_phylip(head: &[u8]) -> bool {
    let mut lines = head.split(|byte| *byte == b'\n');
    let mut words = |wanted| {
        let line = lines.next().unwrap_or_default();
        let words = line
            .split(u8::is_ascii_whitespace)
            .filter(|word| !word.is_empty());
        words.take(wanted).collect::<Vec<&[u8]>>()
    };
    let (sizes, row) = (words(3), words(2));
    let number = |word: &&[u8]| word.iter().all(u8::is_ascii_digit);
    sizes.len() == 2
        && sizes.iter().all(number)
        && row.len() == 2
        && is_sequence(row[1])
        && row[1].len() >= LEAST_BARE
}

/// Whether a line can be one of a sequence.
fn is_sequence(line: &[u8]) -> bool {
    let letter = |byte: &u8| byte.is_ascii_alphabetic() || b"-.*~ ".contains(byte);
    !line.is_empty() && line.iter().all(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alignments_are_told_by_their_look() {
        let of = |text: &str| Format::of(text.as_bytes());
        for text in [
            ">a\nACD",
            "\n\n>",
            "; made by an old tool\n>a\nACD",
            "#60\t1\n>a\nACD",
            "#A3M#\n# a\n\n>a",
            "Alignment of kinases\n\n>a\nAC-D.e\n",
        ] {
            assert_eq!(of(text), Some(Format::Fasta), "{text}");
        }
        assert_eq!(of("# STOCKHOLM 1.0\n"), Some(Format::Stockholm));
        assert_eq!(of("# by hand\n# STOCKHOLM 1.0\n"), Some(Format::Stockholm));
        assert_eq!(of("CLUSTAL W (1.8)\n\na ACD"), Some(Format::Clustal));
        assert_eq!(of("ACDEFGHIK-\nACDEFGHI-.\n"), Some(Format::Bare));
        for (text, name) in [
            ("#NEXUS\nbegin data;", "NEXUS"),
            ("!!AA_MULTIPLE_ALIGNMENT 1.0\n", "MSF"),
            (" 2 10\na ACDEFGHIKL\n", "PHYLIP"),
        ] {
            assert_eq!(of(text), Some(Format::Foreign(name)), "{text}");
        }
        for text in [
            "data_1ABC\n#\n_entry.id 1ABC\n",
            "# generated by hand\ndata_x\nloop_\n",
            "loop_\n_atom_site.id\n",
        ] {
            assert_eq!(of(text), Some(Format::Structure), "{text}");
        }
        let structure = Format::Structure.refusal().unwrap().to_string();
        assert!(structure.ends_with("opened together with an alignment"));
    }

    #[test]
    fn tables_and_pages_are_none() {
        for text in [
            "",
            "\n",
            "1,0\n0,1\n",
            "a;b\n1;2\n",
            "# a table\n1 0\n0 1\n",
            "label,pixels\n>5,3\n",
            "2 10\n1 2\n",
            "data_1,data_2\n0,1\n",
            "yes\nnot\n",
            "ACDEFGHIKL\nACD\n",
            "<html\n><head>\n",
            "{\"a\": 1}",
        ] {
            assert_eq!(Format::of(text.as_bytes()), None, "{text}");
        }
    }
}
