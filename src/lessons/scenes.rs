//! Scenes: one phenomenon each, in a sentence and a script; and the tour of the window, which points at its controls.
//!
//! A scene sets out from the example that the window opens on. A step of the tour leaves what is there as it is.

use super::Script;
use crate::engine::Error;
use crate::trial::Recipe;

/// A phenomenon to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scene {
    /// What its picture in `assets/gallery` is called.
    pub name: &'static str,
    /// What it is called on screen.
    pub title: &'static str,
    /// What is to be seen, in a sentence or two.
    pub sentence: &'static str,
    /// Leads there, see [`Script`].
    script: &'static str,
}

impl Scene {
    /// What leads there.
    pub fn script(&self) -> Script {
        Script::parse(self.script).expect("the tests read all of them")
    }

    /// The recipe of it. Refused: never, as the tests see to.
    pub fn recipe(&self) -> Result<Recipe, Error> {
        self.script().recipe(&Recipe::default())
    }
}

/// How many of the [`SCENES`] come one after the other when the window opens for the first time.
pub const N_FIRST: usize = 8;

/// Every scene; the first [`N_FIRST`] in the order in which they are gone through.
pub const SCENES: [Scene; 16] = [
    Scene {
        name: "restore",
        title: "Restore a 3",
        sentence: "Thirty digits are stored in the couplings. From a 3 with 27 % of its pixels flipped, the network finds its way back.",
        script: "set world=mnist:p=30; play; chart Energy; point Play; expect verdict_is is original",
    },
    Scene {
        name: "blend",
        title: "Hebb drowns",
        sentence: "The same cue under Hebb's rule: digits resemble each other so much that they melt into states that are none of them.",
        script: "set rule=hebb; settle; chart Energy; expect final_overlap below 0.8",
    },
    Scene {
        name: "overload",
        title: "Overload at 0.138",
        sentence: "180 random patterns in 1,000 units. Beyond a load of 0.138 nothing near a pattern is stable: drag P below 138 and the dots rise.",
        script: "set world=random:n=1000,p=180; set rule=hebb; set cue.start=stored:0; set cue.flip=0.05; settle; chart Basin; point Stored, P; expect final_overlap below 0.7",
    },
    Scene {
        name: "draw",
        title: "Draw your own",
        sentence: "Draw on the cue with the mouse, or wipe it clean and start anew, then press Settle: it is completed to what it falls towards.",
        script: "set cue.start=stored:3; set cue.flip=0; set cue.half=left; cue; chart Energy; point Drawing tool: Draw; expect verdict_is is original",
    },
    Scene {
        name: "negative",
        title: "Negatives and ghosts",
        sentence: "From a random start the memory of five letters ends in the negative of an E. Press N for another start, and Settle.",
        script: "set world=glyphs:p=5; set seed=3; set cue.start=random; set cue.flip=0; settle; chart Energy; expect verdict_is is negative",
    },
    Scene {
        name: "dense",
        title: "2,000 digits",
        sentence: "An exponential dense memory keeps 2,000 digits on 784 units apart. The bars below show how strongly each of them pulls.",
        script: "set world=mnist:p=2000; set rule=dense:function=exponential,beta=1; settle; chart Energy; expect verdict_is is original",
    },
    Scene {
        name: "heat",
        title: "Heat",
        sentence: "In a heat bath units sometimes act against their field. At this temperature the 3 trembles and stays; at twice it, it melts.",
        script: "set dynamics=glauber:T=0.5; settle; chart Energy; point Temperature; expect final_overlap above 0.8; expect final_overlap below 0.99",
    },
    Scene {
        name: "protein",
        title: "A protein's contacts",
        sentence: "Learned from a hundred sequences alone: a quarter of the strongest couplings join places that touch in the folded protein, by chance 2 %.",
        script: "set world=protein; settle; chart Energy; point Couplings J; expect verdict_is is original",
    },
    Scene {
        name: "wheel",
        title: "Basins around a wheel",
        sentence: "Stored digits on a rim, noise at the centre: the colour of a place says what a start there ends in.",
        script: "set world=mnist:p=12; tab Attractors; view Wheel; expect verdict_is is original",
    },
    Scene {
        name: "nearest",
        title: "Not the nearest",
        sentence: "The cue is nearest to pattern 0, and ends in pattern 2. Basins are not the regions of what is nearest.",
        script: "set world=random:n=100,p=5; set rule=hebb; set cue.start=stored:0; set cue.flip=0.4; set seed=13; set cue.flip-seed=13; settle; expect verdict_is is stored; expect nearest is 2",
    },
    Scene {
        name: "cycle",
        title: "Round in circles",
        sentence: "Couplings that differ both ways have no energy: all units at once, the state comes back to where it was, again and again.",
        script: "set world=random:n=100,p=5; set rule=taylor:c1pre=1,c1post=-1; set seed=1; set cue.start=random; set cue.flip=0; set dynamics=sync; settle; expect verdict_is is cycle",
    },
    Scene {
        name: "forgetting",
        title: "Learning for ever",
        sentence: "A hundred patterns for 200 units. A memory that fades keeps the last ones; Hebb's rule has lost all of them.",
        script: "set world=random:n=200,p=100; set rule=taylor:preset=palimpsest; set cue.start=stored:99; set cue.flip=0.05; track hebb; tab Compare; settle; expect final_overlap above 0.85; expect B.final_overlap below 0.6",
    },
    Scene {
        name: "basins",
        title: "Wider basins",
        sentence: "The same cue at a load of 0.4: pseudo-likelihood brings it back, the projection and Hebb's rule do not.",
        script: "set world=random:n=400,p=160; set rule=pseudo-inverse; set cue.start=stored:0; set cue.flip=0.22; set dynamics=sync; track pseudo-likelihood; track hebb; tab Compare; settle; expect final_overlap below 0.9; expect B.verdict_is is original",
    },
    Scene {
        name: "generalise",
        title: "It knows what it never saw",
        sentence: "Made of the same hidden features, but never stored: with enough examples the unseen state is a fixed point too.",
        script: "set world=features:n=400,alpha=0.5,alpha-d=0.05; set rule=pseudo-likelihood; set cue.start=unseen:0; set cue.flip=0; settle; expect final_overlap above 0.98",
    },
    Scene {
        name: "census",
        title: "What else there is",
        sentence: "A thousand random starts, and everything that they ended in: five letters, their negatives, and blends.",
        script: "set world=glyphs:p=5; set cue.start=stored:0; set cue.flip=0.1; tab Attractors; view Census; expect verdict_is is original",
    },
    Scene {
        name: "glass",
        title: "Bonds of a spin glass",
        sentence: "400 configurations of a magnet with random bonds: too many to come back from noise, enough to learn the bonds from, a dot for each.",
        script: "set world=spin-glass:p=400; set rule=pseudo-likelihood; set cue.flip=0.1; settle; chart Bonds; point Couplings J; expect final_overlap below 0.9",
    },
];

/// The tour of the window.
pub const TOUR: [Scene; 9] = [
    Scene {
        name: "memory",
        title: "The memory",
        sentence: "Choose what is stored, and by which rule. The small pictures below are what the couplings hold: a click makes one the cue.",
        script: "tab Recall; point Memory",
    },
    Scene {
        name: "corrupt",
        title: "The cue",
        sentence: "A stored pattern, corrupted. Flip, cover or move it here, or draw on the picture itself.",
        script: "tab Recall; cue; point Corruption: Flip",
    },
    Scene {
        name: "play",
        title: "Play",
        sentence: "Unit after unit follows what all others ask of it. Space plays and waits, Enter goes to the end.",
        script: "tab Recall; cue; play; point Play",
    },
    Scene {
        name: "time",
        title: "Time",
        sentence: "Below the pictures stands what it has come to. Drag the time line, or press Back: any moment can be seen again.",
        script: "tab Recall; settle; point Settle",
    },
    Scene {
        name: "overlaps",
        title: "Overlaps",
        sentence: "How near the state is to each stored pattern, against time: 1 is the same, 0 is chance, −1 its negative.",
        script: "tab Recall; settle; point Overlaps",
    },
    Scene {
        name: "energy",
        title: "Energy",
        sentence: "Where couplings are the same both ways every flip lowers the energy: that is why it comes to rest.",
        script: "tab Recall; chart Energy; settle; point Energy and learning",
    },
    Scene {
        name: "couplings",
        title: "The couplings",
        sentence: "All that the network knows. Point at a pixel of any picture to see what it asks of the others.",
        script: "tab Recall; point Couplings J",
    },
    Scene {
        name: "tabs",
        title: "And further",
        sentence: "Compare rules side by side, look at all attractors at once, or ask the lab a question of many memories.",
        script: "tab Recall; point Tab: Compare",
    },
    Scene {
        name: "lessons",
        title: "Lessons",
        sentence: "L opens lessons that act on the window, F1 the help, Ctrl+K finds anything. Everything can be undone.",
        script: "tab Recall",
    },
];
