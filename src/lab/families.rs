//! Curves that differ in the number of units alone, laid together, and what that says.

use super::collapse::{Collapse, FALLS_TOGETHER, SizeCurve, collapse};
use super::columns::Finished;
use super::experiment::{ErrorBars, Named, Scaling};
use super::names::rule_titles;
use super::plan::LabPlan;
use super::statistics::{CurveReading, told};
use crate::engine::numbers::{decimals, plain};

/// The further axis over numbers of units.
const SIZES: &str = "world.n";

/// Curves of one rule that differ in the number of units alone.
#[derive(Debug, Clone, PartialEq)]
pub struct SizeFamily {
    /// The rule, and where it stands on axes but that of the number of units.
    pub name: String,
    /// The number of units N and the series of each, N ascending; one series of any N where that does not vary.
    pub members: Vec<(f64, usize)>,
}

impl SizeFamily {
    /// Whether `series` is of it.
    pub fn has(&self, series: usize) -> bool {
        self.members.iter().any(|(_, member)| *member == series)
    }
}

/// Curves of a family laid together.
#[derive(Debug, Clone, PartialEq)]
pub struct Together {
    /// How they are; none where they cannot be.
    pub collapse: Option<Collapse>,
    /// What is read off that.
    pub readings: Vec<Named>,
    /// What it says, a sentence.
    pub said: String,
}

impl Together {
    /// The keys of its readings in JSON, in their order.
    pub const KEYS: [&str; 3] = ["critical", "exponent", "quality"];

    /// The numbers in short: "α_c = 0.139 ± 0.002, 1/ν = 0.4 ± 0.05, S = 1.2"; none where there are none.
    pub fn in_short(&self, scaling: Scaling) -> Option<String> {
        let Collapse {
            critical,
            exponent,
            quality,
        } = self.collapse?;
        Some(format!(
            "{} = {}, 1/ν = {}, S = {}",
            scaling.critical,
            told(critical),
            told(exponent),
            decimals(quality, 2)
        ))
    }
}

impl LabPlan {
    /// The families of curves, one a rule and a place on axes but that of the number of units; none of an experiment whose
    /// curves are not laid together.
    pub fn families(&self) -> Vec<SizeFamily> {
        let recipe = self.recipe();
        if recipe.experiment.experiment().scaling().is_none() {
            return Vec::new();
        }
        let n_own = self.axis().values.len();
        let sizes = recipe.vary.iter().position(|vary| vary.path == SIZES);
        let mut families: Vec<((Vec<usize>, usize), SizeFamily)> = Vec::new();
        for series in 0..self.n_series() {
            let mut place = self.place(series * n_own);
            let n_units = sizes.map_or(0.0, |axis| {
                let value = &recipe.vary[axis].values[std::mem::take(&mut place.vary[axis])];
                value.to_string().parse().unwrap_or(0.0)
            });
            let key = (place.vary, place.rule);
            let known = families.iter_mut().find(|(other, _)| *other == key);
            if let Some((_, family)) = known {
                family.members.push((n_units, series));
                continue;
            }
            let family = SizeFamily {
                name: self.family_name(&key, sizes),
                members: vec![(n_units, series)],
            };
            families.push((key, family));
        }
        let mut families: Vec<SizeFamily> = families.into_iter().map(|(_, it)| it).collect();
        for family in &mut families {
            family.members.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        families
    }

    /// The rule, and the values of all axes of more than one but `sizes`.
    fn family_name(&self, (vary, rule): &(Vec<usize>, usize), sizes: Option<usize>) -> String {
        let recipe = self.recipe();
        let mut name = rule_titles(&recipe.rules).swap_remove(*rule);
        for (axis, (vary, index)) in recipe.vary.iter().zip(vary).enumerate() {
            if Some(axis) != sizes && vary.values.len() > 1 {
                name = format!("{name}, {} = {}", vary.path, vary.values[*index]);
            }
        }
        name
    }

    /// The curves of `family` laid together; none until all their points are there. It may take seconds where there are many.
    pub fn together(&self, family: &SizeFamily, rows: &[Option<Finished>]) -> Option<Together> {
        let experiment = self.recipe().experiment.experiment();
        let n_own = self.axis().values.len();
        let of = |series: usize| &rows[series * n_own..][..n_own];
        let is_whole = |(_, series): &(f64, usize)| of(*series).iter().all(Option::is_some);
        let scaling = experiment.scaling()?;
        if !family.members.iter().all(is_whole) {
            return None;
        }
        let curves: Vec<SizeCurve> = family
            .members
            .iter()
            .map(|(n_units, series)| self.size_curve(*n_units, of(*series)))
            .collect();
        let laid = collapse(&curves);
        let larger = (curves.len() > 2).then(|| collapse(&curves[1..])).flatten();
        let reading = |read: fn(Collapse) -> CurveReading| laid.map(read);
        let named = |key, label, reading| Named {
            key,
            label,
            reading,
        };
        let [critical, exponent, quality] = Together::KEYS;
        Some(Together {
            collapse: laid,
            readings: vec![
                named(critical, scaling.critical, reading(|it| it.critical)),
                named(exponent, "1/ν", reading(|it| it.exponent)),
                named(
                    quality,
                    "quality S",
                    reading(|it| CurveReading::plain(it.quality)),
                ),
            ],
            said: says(family, scaling, laid, larger),
        })
    }

    /// The curve of one number of units by the column that is shown; places without a number are left out.
    fn size_curve(&self, n_units: f64, rows: &[Option<Finished>]) -> SizeCurve {
        let shown = self.recipe().experiment.experiment().shown();
        let error = match shown.error {
            ErrorBars::Around(error) => error,
            ErrorBars::Between(..) | ErrorBars::None => "",
        };
        let mut points: Vec<(f64, f64, f64, &[f64])> = rows
            .iter()
            .flatten()
            .filter_map(|row| {
                let height = self.number(row, shown.up)?;
                let n = self.number(row, "n").unwrap_or(1.0);
                let error = self.number(row, error).unwrap_or(0.0);
                let error = error.max(least_error(height, n));
                let own = self.axis().values[row.cell % self.axis().values.len()];
                Some((own, height, error, &*row.blocks))
            })
            .collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        SizeCurve {
            n_units,
            x: points.iter().map(|point| point.0).collect(),
            y: points.iter().map(|point| point.1).collect(),
            error: points.iter().map(|point| point.2).collect(),
            blocks: points.iter().map(|point| point.3.to_vec()).collect(),
        }
    }
}

/// The least error of a share of `n`, by Laplace's rule: where all or none of them are, the next might not be.
fn least_error(share: f64, n: f64) -> f64 {
    let expected = (share * n + 1.0) / (n + 2.0);
    (expected * (1.0 - expected) / (n + 2.0)).sqrt()
}

/// What the curves laid together say; `larger` are those of all numbers of units but the smallest.
fn says(
    family: &SizeFamily,
    scaling: Scaling,
    laid: Option<Collapse>,
    larger: Option<Collapse>,
) -> String {
    let name = &family.name;
    if family.members.len() < 2 {
        return format!(
            "{name}: one number of units says nothing of others; several, as by {SIZES}=100;200;400;800, are laid together"
        );
    }
    let sizes: Vec<String> = family.members.iter().map(|(n, _)| plain(*n)).collect();
    let sizes = sizes.join(", ");
    let Some(laid) = laid else {
        return format!(
            "{name}: the curves of N = {sizes} do not cross between the ends of the axis, and are not laid together"
        );
    };
    let Scaling { symbol, critical } = scaling;
    let how = if laid.quality <= FALLS_TOGETHER {
        "fall onto one line"
    } else {
        "do not fall onto one line, and come nearest to it"
    };
    let drift = larger.map_or_else(String::new, |larger| {
        let (smallest, _) = family.members[0];
        let (smallest, there) = (plain(smallest), told(larger.critical));
        format!(
            ". Without N = {smallest}, {critical} = {there}; how it drifts with N is in neither error"
        )
    });
    format!(
        "{name}: the curves of N = {sizes} {how} over ({symbol} − {critical}) N^(1/ν), {critical} = {}, 1/ν = {}; quality S = {}, where 1 is as good as errors allow{drift}",
        told(laid.critical),
        told(laid.exponent),
        decimals(laid.quality, 2)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::{Lab, LabRecipe, Vary, rules, run};
    use crate::worlds::World;
    use std::sync::Arc;

    fn plan(experiment: &str, rule: &str, vary: &[&str], repeats: usize) -> Arc<LabPlan> {
        let mut recipe = LabRecipe::of(Lab::parse(experiment).unwrap()).unwrap();
        recipe.world = World::parse("random:n=60,p=5").unwrap();
        recipe.rules = rules(rule).unwrap();
        recipe.vary = vary.iter().map(|text| Vary::parse(text).unwrap()).collect();
        recipe.repeats = repeats;
        Arc::new(LabPlan::new(recipe).unwrap())
    }

    fn told_of(plan: &Arc<LabPlan>) -> (Vec<SizeFamily>, Vec<Together>) {
        let rows: Vec<Option<Finished>> = run(plan).into_iter().map(Some).collect();
        let families = plan.families();
        let together = families.iter().map(|it| plan.together(it, &rows).unwrap());
        let together = together.collect();
        (families, together)
    }

    #[test]
    fn families_are_of_one_rule_and_all_sizes() {
        let vary = &["world.n=80;40", "seed=1;2"];
        let plan = plan("size:points=3", "hebb,pseudo-inverse", vary, 2);
        let families = plan.families();
        assert_eq!(families.len(), 4);
        assert_eq!(families[0].name, "Hebb, seed = 1");
        // Seeds and rules are within a number of units.
        assert_eq!(families[0].members, [(40.0, 4), (80.0, 0)]);
        assert_eq!(families[3].members, [(40.0, 7), (80.0, 3)]);
        let basins = LabRecipe::of(Lab::parse("basins").unwrap()).unwrap();
        assert_eq!(LabPlan::new(basins).unwrap().families(), []);
    }

    /// A small run: Hebb's rule loses its patterns near α_c = 0.138, a little below for so few units, and the more suddenly
    /// the more there are.
    #[test]
    fn a_small_run_crosses_near_the_capacity() {
        let experiment = "size:from=0.06,to=0.3,points=9,patterns=40";
        let plan = plan(experiment, "hebb", &["world.n=100;200;400"], 6);
        let (_, told) = told_of(&plan);
        let laid = told[0].collapse.unwrap();
        assert!((0.1..0.15).contains(&laid.critical.value), "{laid:?}");
        assert!((0.3..0.6).contains(&laid.exponent.value), "{laid:?}");
        assert!(laid.critical.error.unwrap() > 0.0, "{laid:?}");
        for said in ["N = 100, 200, 400", "Without N = 100, α_c = "] {
            assert!(told[0].said.contains(said), "{}", told[0].said);
        }
    }

    #[test]
    fn what_cannot_be_laid_together_is_said() {
        let one = plan("size:points=3,patterns=5", "hebb", &[], 2);
        let (_, told) = told_of(&one);
        assert!(
            told[0].said.contains("one number of units"),
            "{}",
            told[0].said
        );
        assert_eq!(told[0].collapse, None);
        let ends = "size:from=0.01,to=0.02,points=3,patterns=5";
        let none = plan(ends, "hebb", &["world.n=100;200"], 2);
        let (families, told) = told_of(&none);
        assert!(told[0].said.contains("do not cross"), "{}", told[0].said);
        assert!(told[0].readings.iter().all(|it| it.reading.is_none()));
        let rows = vec![None; none.n_cells()];
        assert_eq!(none.together(&families[0], &rows), None);
    }

    /// By hand: of two, both of them are: (2 + 1)/(2 + 2) = 3/4, and √(3/16 / 4).
    #[test]
    fn errors_of_whole_shares_are_not_zero() {
        assert_eq!(least_error(1.0, 2.0), (3.0_f64 / 64.0).sqrt());
        assert_eq!(least_error(1.0, 2.0), least_error(0.0, 2.0));
    }
}
