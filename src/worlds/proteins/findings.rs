//! What was found in a protein family, what is odd about it, and what of it is not used.

use super::family::{Family, FamilyChain};
use super::manner::called;
use super::settings::Protein;
use crate::engine::numbers::{count, percent};
use crate::engine::patterns::Letters;
use crate::worlds::{Findings, LeftOut};

/// Share of equal letters below which a structure hardly belongs to the family.
const RELATED: f64 = 0.3;

/// What was found in `family`, which was read as `world` says.
pub(super) fn of(world: &Protein, family: &Family) -> Findings {
    let filtered = &family.filtered;
    let kept = &filtered.alignment;
    let about = kept.about();
    let mut said = vec![format!(
        "{} of {} sequences, {} of {} columns",
        count(kept.n_sequences() as u64),
        count(family.n_read as u64),
        count(kept.n_columns() as u64),
        count((kept.n_columns() + filtered.columns_dropped) as u64),
    )];
    let letters = kept.letters();
    if letters != Letters::PROTEIN {
        said.push(format!("{}: {} states", called(letters), letters.count()));
    }
    said.push(format!(
        "{} independent sequences at {} identity; {} of sites as in the consensus",
        count(family.effective().round() as u64),
        percent(world.identity),
        percent(family.consensus_identity)
    ));
    if about.n_unknown > 0 {
        let (some, are) = if about.n_unknown == 1 {
            ("letter", "is")
        } else {
            ("letters", "are")
        };
        let kind = if letters == Letters::PROTEIN {
            "amino acid"
        } else {
            "base"
        };
        said.push(format!(
            "{} {some} that {are} no single {kind} read as gaps",
            count(about.n_unknown as u64)
        ));
    }
    if about.lower_as_columns {
        said.push("Lower case read as columns".to_owned());
    }
    let mut remarks = Vec::new();
    if let Some(chain) = &family.chain {
        said.push(told(chain, kept.n_columns()));
        if chain.share < RELATED {
            remarks.push(format!(
                "Only {} of chain {} is as in '{}': the structure may be of another protein",
                percent(chain.share),
                chain.name,
                chain.row.1
            ));
        }
    }
    let mut left_out = about.left_out.clone();
    left_out.extend(dropped(world, family));
    left_out.extend(family.left_out.iter().cloned());
    Findings {
        said,
        remarks,
        left_out,
    }
}

/// What the structure tells.
fn told(chain: &FamilyChain, n_columns: usize) -> String {
    let FamilyChain {
        file,
        name,
        row,
        n_known,
        ..
    } = chain;
    format!(
        "Chain {name} of '{file}', matched to row {} '{}', tells the places of {} of {} columns",
        count(row.0 as u64 + 1),
        row.1,
        count(*n_known as u64),
        count(n_columns as u64)
    )
}

/// Sequences and columns that did not stay.
fn dropped(world: &Protein, family: &Family) -> impl Iterator<Item = LeftOut> {
    let filtered = &family.filtered;
    let sequences = ("sequence", "sequences");
    let more = |share| format!("more than {} gaps", percent(share));
    let parts = [
        (
            filtered.columns_dropped,
            ("column", "columns"),
            more(world.column_gaps),
        ),
        (
            filtered.sequences_dropped,
            sequences,
            more(world.sequence_gaps),
        ),
        (
            filtered.copies_dropped,
            sequences,
            "copies of others".to_owned(),
        ),
    ];
    parts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, (one, many), why)| LeftOut {
            what: if count == 1 { one } else { many }.to_owned(),
            why,
            count,
        })
}
