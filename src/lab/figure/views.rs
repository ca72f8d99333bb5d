//! The ways in which the rows of a run can be shown.

use super::{LabTable, collapsed, curves, map};
use crate::figures::Figure;
use crate::lab::Finished;

/// How rows are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LabView {
    /// As curves along the own axis.
    #[default]
    Curves,
    /// Curves of all numbers of units laid together.
    Collapsed,
    /// As a map over the load and the own axis, of the rule at this place in the recipe.
    Map(usize),
}

impl LabView {
    /// Those of `table`, the first of which needs nothing.
    pub fn offered(table: &LabTable<'_>) -> Vec<Self> {
        let collapsed = (!table.families.is_empty()).then_some(Self::Collapsed);
        let n_rules = table.grid.map_or(0, |_| table.plan.recipe().rules.len());
        std::iter::once(Self::Curves)
            .chain(collapsed)
            .chain((0..n_rules).map(Self::Map))
            .collect()
    }

    /// Its name on screen: that of the rule stands in it where `table` has several.
    pub fn name(self, table: &LabTable<'_>) -> String {
        match self {
            Self::Curves => "Curves".to_owned(),
            Self::Collapsed => "Collapsed".to_owned(),
            Self::Map(rule) => match table.plan.recipe().rules.as_slice() {
                [_] => "Map".to_owned(),
                rules => format!("Map: {}", rules[rule].about().name),
            },
        }
    }

    /// Why there is nothing to see of `table` in this way, yet or ever; none where there is.
    pub fn lacks(self, table: &LabTable<'_>) -> Option<&'static str> {
        let has_sizes = |(family, _): &(crate::lab::SizeFamily, _)| family.members.len() > 1;
        let together = || table.families.iter().filter_map(|(_, it)| it.as_ref());
        match self {
            Self::Collapsed if !table.families.iter().any(has_sizes) => {
                Some("One number of units: vary world.n to lay curves together")
            }
            Self::Collapsed if table.families.iter().all(|(_, it)| it.is_none()) => {
                Some("Curves are laid together as soon as all their points are there")
            }
            Self::Collapsed if !together().any(|it| it.collapse.is_some()) => {
                Some("The curves do not cross between the ends of the axis")
            }
            Self::Curves | Self::Collapsed | Self::Map(_) => None,
        }
    }

    /// The figure of `tables`: the first in full, others thin; a map is of the first alone.
    pub fn figure(self, tables: &[LabTable<'_>]) -> Option<Figure> {
        match self {
            Self::Curves => curves(tables),
            Self::Collapsed => collapsed::figure(tables),
            Self::Map(rule) => map::figure(tables.first()?, rule),
        }
    }

    /// Where the point of a row stands; none where it is not shown.
    pub fn place(self, table: &LabTable<'_>, row: &Finished) -> Option<[f64; 2]> {
        let own = &table.plan.axis().values;
        let (series, x) = (row.cell / own.len(), own[row.cell % own.len()]);
        match self {
            Self::Curves => Some([x, table.columns.height(row)?]),
            Self::Collapsed => {
                let x = collapsed::place(table, series, x)?;
                Some([x, table.columns.height(row)?])
            }
            Self::Map(rule) => Some([table.grid?.load(series, rule)?, x]),
        }
    }
}
