//! How runs end, and the lowest energies of spin glasses.

use super::super::direct::{annealed_energy, antisymmetric_period};
use super::super::{Check, How, Pace, Parts, Within};
use super::cell;
use crate::worlds::spin_glass::BondKind;
use Pace::{Quick, Whole};
use Within::{Absolute, AtLeast, AtMost};

/// All lists.
pub(super) static TABLE: &[&[Check]] = &[ENDS, GROUND];

/// Random states in symmetric couplings, under one dynamics.
macro_rules! symmetric {
    ($dynamics:literal) => {
        recipe!(
            "asymmetry:along=asymmetry,from=0,to=0,points=1,start=0,patterns=50,trials=4",
            "random:n=200,p=100",
            "pseudo-inverse,perceptron",
            $dynamics,
            "2",
            "1000"
        )
    };
}

/// The same where half of the couplings are cut, each for itself.
const CUT: Parts = &[
    (
        "experiment",
        "asymmetry:along=dilution,from=0.5,to=0.5,points=1,start=0,patterns=50,trials=4",
    ),
    ("world", "random:n=200,p=100"),
    ("rules", "pseudo-inverse"),
    ("dynamics", "sync"),
    ("repeats", "2"),
    ("vary", "alteration.cut=each"),
];

static ENDS: &[Check] = checks! { "Bruck 1990";
    "share of runs that end in a fixed point, symmetric, one unit at a time", cell(symmetric!("async"), 0, "fixed") => 1.0, Absolute(0.0), Quick;
    "the same, couplings learned and then symmetrised", cell(symmetric!("async"), 1, "fixed") => 1.0, Absolute(0.0), Quick;
    "share of longer cycles than of two, symmetric, all units at once", cell(symmetric!("sync"), 0, "longer") => 0.0, Absolute(0.0), Quick;
    "share not settled, symmetric, all units at once", cell(symmetric!("sync"), 0, "unsettled") => 0.0, Absolute(0.0), Quick;
    "share of longer cycles, couplings learned and then symmetrised", cell(symmetric!("sync"), 1, "longer") => 0.0, Absolute(0.0), Quick;
    "mean period, antisymmetric, all units at once", How::Direct(antisymmetric_period) => 4.0, Absolute(0.0), Quick;
    "share of fixed points, half of the couplings cut, all units at once", cell(CUT, 0, "fixed") => 0.5, AtMost, Quick;
};

static GROUND: &[Check] = checks! { "ground states of the spin glass in two dimensions";
    "lowest energy to a spin that cooling finds, Gaussian bonds", How::Direct(|| annealed_energy(BondKind::Gaussian)) => -1.3148, AtLeast, Whole;
    "that, near the ground state", How::Direct(|| annealed_energy(BondKind::Gaussian)) => -1.3148, Absolute(0.05), Whole;
    "lowest energy to a spin that cooling finds, bonds ±J", How::Direct(|| annealed_energy(BondKind::PlusMinus)) => -1.4015, AtLeast, Whole;
    "that of bonds ±J, near the ground state", How::Direct(|| annealed_energy(BondKind::PlusMinus)) => -1.4015, Absolute(0.05), Whole;
};
