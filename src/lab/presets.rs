//! Figures to begin with: recipes by name, of the papers and of textbooks.
//!
//! Each is run as an experiment is, and can be changed as one. Absent: what was published, beside which some of their
//! numbers are set (`paper`).

use super::experiments::Lab;
use super::recipe::{LabRecipe, named_world};
use crate::engine::Error;

/// A recipe with a name.
#[derive(Debug)]
pub struct LabPreset {
    /// Name on the command line, lower case.
    pub name: &'static str,
    /// Name on screen.
    pub title: &'static str,
    /// What it shows and whose it is, a sentence.
    pub about: &'static str,
    /// Its parts, see [`LabRecipe::read`]; the experiment is the first.
    parts: &'static [(&'static str, &'static str)],
}

impl LabPreset {
    /// All of them, in the order of the experiments.
    pub const ALL: &'static [Self] = &[
        Self {
            name: "paper-basins",
            title: "Basins of five rules",
            about: "Random patterns at α = 0.4: the basins of pseudo-likelihood are the widest (paper A, D'Amico et al. 2025)",
            parts: &[
                (
                    "experiment",
                    "basins:from=0.3,points=36,patterns=50,trials=4",
                ),
                ("world", "random:n=400,p=160"),
                (
                    "rules",
                    "pseudo-likelihood,max-stability,pseudo-inverse,storkey,hebb",
                ),
                ("dynamics", "sync"),
                ("repeats", "2"),
            ],
        },
        Self {
            name: "breakdown",
            title: "Hebb's breakdown at 0.138",
            about: "What is left of patterns in Hebb's couplings falls at α = 0.138, the sharper the larger the network (Amit, Gutfreund & Sompolinsky 1987)",
            parts: &[
                ("experiment", "capacity:from=0.05,to=0.25,points=17"),
                ("world", "random:n=400"),
                ("rules", "hebb"),
                ("dynamics", "async"),
                ("vary", "world.n=250;500;1000"),
                ("repeats", "4"),
            ],
        },
        Self {
            name: "paper-b-local",
            title: "Local Hebbian rules",
            about: "Bit error and overlap of rules with different coefficients, beside what signal to noise says of each (paper B)",
            parts: &[
                (
                    "experiment",
                    "capacity:from=0.02,to=0.5,points=13,patterns=200",
                ),
                ("world", "random:n=400"),
                ("rules", "hebb,taylor:preset=oja,taylor:preset=palimpsest"),
                ("dynamics", "sync"),
                ("repeats", "4"),
            ],
        },
        Self {
            name: "paper-b-dense",
            title: "Dense memories: K grows as N^(n−1)",
            about: "Patterns that dense memories of n = 2, 3 and 4 hold, against units, and the exponent that fits (paper B; Krotov & Hopfield 2016)",
            parts: &[
                (
                    "experiment",
                    "growth:from=40,to=120,points=5,patterns=200,error=0.01",
                ),
                ("world", "random:n=100,p=2"),
                ("rules", "dense:n=2,dense:n=3,dense:n=4"),
                ("repeats", "12"),
            ],
        },
        Self {
            name: "paper-features",
            title: "Random features",
            about: "Mixtures of three features each: stored examples stay, then the features appear, then examples that were never stored (paper A)",
            parts: &[
                (
                    "experiment",
                    "generalization:from=0.02,to=1,points=8,patterns=200",
                ),
                ("world", "features:n=500,l=3,alpha-d=0.03"),
                ("rules", "pseudo-likelihood:preset=paper-features,eta=0.01"),
                ("dynamics", "sync"),
                ("repeats", "2"),
            ],
        },
        Self {
            name: "paper-digits",
            title: "Digits",
            about: "MNIST of 14 × 14 by the authors' schedule: from memory to generalisation at loads from 0.1 to 100 (paper A); takes a minute or two",
            parts: &[
                (
                    "experiment",
                    "generalization:from=0.1,to=100,points=10,patterns=500",
                ),
                ("world", "mnist:size=14"),
                ("rules", "pseudo-likelihood:preset=paper-digits"),
                ("dynamics", "sync"),
                ("max-sweeps", "10"),
                ("repeats", "2"),
            ],
        },
        Self {
            name: "paper-lattice",
            title: "Spin glass",
            about: "Configurations of a 32 × 32 spin glass at T = 0.99 by the authors' schedule: plateau, fall, dip and climb (paper A); takes some minutes",
            parts: &[
                (
                    "experiment",
                    "generalization:from=0.1,to=10,points=9,patterns=200",
                ),
                ("world", "spin-glass:l=32,t=0.99"),
                ("rules", "pseudo-likelihood:preset=paper-lattice"),
                ("dynamics", "sync"),
            ],
        },
        Self {
            name: "paper-proteins",
            title: "Proteins",
            about: "Sequences of one family: stored and unseen ones, beside how near the most frequent letters alone come (paper A)",
            parts: &[
                (
                    "experiment",
                    "generalization:from=0.1,to=8,points=6,patterns=100",
                ),
                ("world", "protein"),
                ("rules", "potts,potts-hebb"),
                ("dynamics", "sync"),
            ],
        },
        Self {
            name: "paper-norm",
            title: "Why an intermediate norm is best",
            about: "Stabilities and basins against learning time: basins are widest between Hebb's rule and maximal stability (paper A)",
            parts: &[
                ("experiment", "margins:points=12"),
                ("world", "random:n=400,p=160"),
                ("rules", "pseudo-likelihood:optimiser=descent,l2=0,eta=0.5"),
                ("dynamics", "sync"),
            ],
        },
        Self {
            name: "textbook-walsh",
            title: "Four Walsh patterns",
            about: "The exercise of textbooks: four orthogonal patterns, six levels of noise, five runs each; how long they take, how often they fail, and whether the energy ever rises",
            parts: &[
                (
                    "experiment",
                    "noise:kind=flip,from=0,to=0.5,points=6,patterns=4,trials=5",
                ),
                ("world", "random:n=64,p=4,orthogonal=yes"),
                ("rules", "hebb"),
                ("dynamics", "sync"),
            ],
        },
    ];

    /// The one called `name`.
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|preset| preset.name == name)
    }

    /// Those of the experiment called `experiment`.
    pub fn of(experiment: &str) -> impl Iterator<Item = &'static Self> {
        Self::ALL.iter().filter(move |preset| {
            let (_, text) = preset.parts[0];
            text.split(':').next() == Some(experiment)
        })
    }

    /// What it runs.
    pub fn recipe(&self) -> Result<LabRecipe, Error> {
        LabRecipe::read(self.parts.iter().copied(), &named_world)
    }
}

impl LabRecipe {
    /// The preset called `name`, or what the experiment starts from that is called so or written in its notation.
    pub fn named(name: &str) -> Result<Self, Error> {
        match LabPreset::named(name) {
            Some(preset) => preset.recipe(),
            None => Self::of(Lab::parse(name)?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::settings::Kinds as _;
    use crate::lab::{Lab, LabPlan};

    #[test]
    fn every_one_can_be_planned_and_has_a_name_of_its_own() {
        let experiments = Lab::all();
        let place = |name: &str| {
            let mut all = experiments.iter();
            all.position(|lab| lab.experiment().about().name == name)
        };
        let mut last = 0;
        for preset in LabPreset::ALL {
            let recipe = preset.recipe().unwrap();
            let name = recipe.experiment.experiment().about().name;
            assert!(LabPreset::of(name).any(|other| other.name == preset.name));
            let of = place(name).unwrap();
            // Lists of them go by experiments.
            assert!(of >= last, "{}", preset.name);
            last = of;
            let plan = LabPlan::new(recipe);
            plan.unwrap_or_else(|why| panic!("{}: {why}", preset.name));
            assert!(place(preset.name).is_none());
            assert_eq!(LabPreset::named(preset.name).unwrap().about, preset.about);
        }
        assert!(LabPreset::named("list").is_none());
    }
}
