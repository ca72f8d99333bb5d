//! Ways to learn and recall side by side: what each is called, and which of them did best.
//!
//! Absent: running them, and the screen.

use super::conclusion::{Answer, Conclusion};
use super::recipe::TrackRecipe;
use super::words::{count_of, overlap};
use crate::engine::{Alteration, LearningRule};

/// The letters by which tracks are told apart at a glance, in order.
pub const TRACK_LETTERS: [&str; 4] = ["A", "B", "C", "D"];

/// What each of `tracks` is called: its own name or the title of its rule and, where that is that of another too, in
/// which settings it differs.
pub fn track_titles(tracks: &[TrackRecipe]) -> Vec<String> {
    let titles = tracks.iter().enumerate().map(|(index, track)| {
        if !track.name.is_empty() {
            return track.name.clone();
        }
        let title = track.rule.about().title;
        let others = tracks.iter().enumerate();
        let alike = others.filter(|(other, it)| {
            *other != index && it.name.is_empty() && it.rule.about().title == title
        });
        let alike: Vec<&TrackRecipe> = alike.map(|(_, it)| it).collect();
        let own = own_settings(track, &alike);
        if own.is_empty() {
            title.to_owned()
        } else {
            format!("{title}, {own}")
        }
    });
    titles.collect()
}

/// The settings in which `track` differs from any of `others`, which have the same rule: "ridge 0.1, synchronous".
fn own_settings(track: &TrackRecipe, others: &[&TrackRecipe]) -> String {
    let differs = |same: &dyn Fn(&TrackRecipe) -> bool| others.iter().any(|other| !same(other));
    let mut own = Vec::new();
    if differs(&|other| other.rule == track.rule) {
        own.extend(own_of_rule(&track.rule, others));
    }
    if differs(&|other| other.alteration == track.alteration) {
        own.push(if track.alteration == Alteration::default() {
            "couplings as learned".to_owned()
        } else {
            track.alteration.to_string()
        });
    }
    if differs(&|other| other.dynamics == track.dynamics) {
        own.push(track.dynamics.to_string());
    }
    own.join(", ")
}

/// The settings of `rule` in which it differs from any of `others`.
fn own_of_rule(rule: &LearningRule, others: &[&TrackRecipe]) -> Vec<String> {
    use crate::engine::settings::Kinds as _;
    let settings = rule.any();
    let list = settings.list().into_iter().filter_map(|setting| {
        let value = settings.get(setting.key)?;
        let is_same = |other: &&TrackRecipe| other.rule.any().get(setting.key) == Some(value);
        let differs = !others.iter().all(is_same);
        differs.then(|| format!("{} {}", setting.key, setting.show(value)))
    });
    list.collect()
}

/// Which of several runs from one cue did best, and the sentence that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackComparison {
    /// The best, as indices; all of them where they are equally good, none where nothing was asked for.
    pub best: Vec<usize>,
    /// Who did best, in a sentence.
    pub sentence: String,
}

/// Compares what runs from one cue came to, each under its title. `None` while one of them still moves, and of fewer
/// than two.
pub fn compare(runs: &[(&str, &Conclusion)]) -> Option<TrackComparison> {
    let moving = |(_, run): &(&str, &Conclusion)| run.answer() == Answer::Moving;
    if runs.len() < 2 || runs.iter().all(moving) {
        return None;
    }
    let with_original = runs.iter().all(|(_, run)| run.wanted.is_some());
    if !with_original {
        return Some(of_ends(runs));
    }
    let remembered: Vec<usize> = indices(runs, |run| run.answer() == Answer::Remembered);
    Some(match remembered.len() {
        0 => nearest(runs),
        1 => TrackComparison {
            sentence: format!(
                "{} alone comes back to the original, {}",
                runs[remembered[0]].0,
                after(runs[remembered[0]].1)
            ),
            best: remembered,
        },
        _ => among(runs, &remembered),
    })
}

/// The runs of which `holds`.
fn indices(runs: &[(&str, &Conclusion)], holds: impl Fn(&Conclusion) -> bool) -> Vec<usize> {
    let all = runs.iter().enumerate();
    let those = all.filter(|(_, (_, run))| holds(run));
    those.map(|(index, _)| index).collect()
}

/// Of several that remember: the fewest wrong units, then the fewest sweeps.
fn among(runs: &[(&str, &Conclusion)], remembered: &[usize]) -> TrackComparison {
    let wrong = |index: &usize| runs[*index].1.wanted.as_ref().map_or(0, |it| it.wrong);
    let least = remembered.iter().map(wrong).min().unwrap_or(0);
    let rightest: Vec<usize> = remembered
        .iter()
        .copied()
        .filter(|it| wrong(it) == least)
        .collect();
    let sweeps = |index: &usize| runs[*index].1.sweeps;
    let fewest = rightest.iter().map(sweeps).min().unwrap_or(0);
    let quickest = rightest.iter().copied().filter(|it| sweeps(it) == fewest);
    let quickest: Vec<usize> = quickest.collect();
    let who = if remembered.len() == runs.len() {
        all_of(runs.len()).to_owned()
    } else {
        names(runs, remembered)
    };
    let how = if rightest.len() < remembered.len() {
        format!(
            "; {} most exactly: {} wrong",
            names(runs, &rightest),
            count_of(least as u64, "unit")
        )
    } else if quickest.len() < rightest.len() {
        let sweeps = count_of(fewest, "sweep");
        format!("; {} first, after {sweeps}", names(runs, &quickest))
    } else {
        format!(" after {}", count_of(fewest, "sweep"))
    };
    let verb = if remembered.len() == 1 {
        "comes"
    } else {
        "come"
    };
    TrackComparison {
        sentence: format!("{who} {verb} back to the original{how}"),
        best: quickest,
    }
}

/// Of several that miss: the one that lies nearest to the original.
fn nearest(runs: &[(&str, &Conclusion)]) -> TrackComparison {
    let overlap_of = |run: &Conclusion| run.wanted.as_ref().map_or(0.0, |it| it.overlap);
    let overlaps = runs.iter().map(|(_, run)| overlap_of(run));
    let most = overlaps.fold(f64::NEG_INFINITY, f64::max);
    let best = indices(runs, |run| overlap_of(run) == most);
    let none = if runs.len() == 2 { "Neither" } else { "None" };
    let sentence = if best.len() == runs.len() {
        format!(
            "{none} comes back to the original; all end at overlap {}",
            overlap(most)
        )
    } else {
        let names = names(runs, &best);
        let verb = if best.len() == 1 { "comes" } else { "come" };
        let most = overlap(most);
        format!("{none} comes back to the original; {names} {verb} nearest, overlap {most}")
    };
    TrackComparison { best, sentence }
}

/// Where nothing was asked for: whether they end alike.
fn of_ends(runs: &[(&str, &Conclusion)]) -> TrackComparison {
    let first = &runs[0].1.last;
    let alike = runs.iter().all(|(_, run)| run.last == *first);
    let sentence = if alike {
        format!("{} end in the same state", all_of(runs.len()))
    } else {
        "They end in different states; the cue was made of no pattern, so that none of them is right".to_owned()
    };
    TrackComparison {
        best: Vec::new(),
        sentence,
    }
}

fn all_of(count: usize) -> &'static str {
    if count == 2 { "Both" } else { "All" }
}

fn after(run: &Conclusion) -> String {
    format!("after {}", count_of(run.sweeps, "sweep"))
}

/// "Hebb, Storkey and minover".
fn names(runs: &[(&str, &Conclusion)], which: &[usize]) -> String {
    let names: Vec<&str> = which.iter().map(|index| runs[*index].0).collect();
    match &names[..] {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Dynamics;
    use crate::trial::{Recipe, run};
    use crate::worlds::World;

    fn track(rule: &str) -> TrackRecipe {
        TrackRecipe {
            rule: LearningRule::parse(rule).expect("there is such a rule"),
            ..TrackRecipe::default()
        }
    }

    #[test]
    fn titles_say_what_tells_tracks_apart() {
        let mut tracks = vec![track("hebb"), track("pseudo-inverse"), track("hebb")];
        tracks[2].dynamics = Dynamics::Synchronous;
        let titles = track_titles(&tracks);
        assert_eq!(titles[1], track("pseudo-inverse").rule.about().title);
        let hebb = track("hebb").rule.about().title;
        assert_eq!(titles[0], format!("{hebb}, {}", Dynamics::Asynchronous));
        assert_eq!(titles[2], format!("{hebb}, {}", Dynamics::Synchronous));
        tracks[2].name = "ours".to_owned();
        let titles = track_titles(&tracks);
        assert_eq!((&*titles[0], &*titles[2]), (hebb, "ours"));
        let dense = [track("dense:n=2"), track("dense:n=3")];
        let titles = track_titles(&dense);
        assert!(
            titles[0].ends_with("n 2") && titles[1].ends_with("n 3"),
            "{titles:?}"
        );
        let twins = track_titles(&[track("hebb"), track("hebb")]);
        assert_eq!(twins, [hebb, hebb]);
    }

    /// What the rules make of the default recipe's cue.
    fn compared(rules: &[&str], world: &str) -> TrackComparison {
        let recipe = Recipe {
            world: World::parse(world).expect("there is such a world"),
            tracks: rules.iter().map(|rule| track(rule)).collect(),
            ..Recipe::default()
        };
        let outcome = run(&recipe, |_, _| ()).expect("it runs");
        let titles = track_titles(&recipe.tracks);
        let runs = titles.iter().zip(&outcome.tracks);
        let runs: Vec<_> = runs
            .map(|(title, run)| (&**title, &run.conclusion))
            .collect();
        compare(&runs).expect("all have ended")
    }

    #[test]
    fn the_best_is_named() {
        // Thirty digits are far beyond what Hebb's rule can hold; the projection restores the 3 (README).
        let two = compared(&["hebb", "pseudo-inverse"], "mnist:p=30");
        assert_eq!(two.best, [1]);
        assert!(
            two.sentence.contains("alone comes back"),
            "{}",
            two.sentence
        );
        // Five random patterns of 200 units are no load for either.
        let both = compared(&["hebb", "pseudo-inverse"], "random:n=200,p=5");
        assert!(
            both.sentence.starts_with("Both come back"),
            "{}",
            both.sentence
        );
        // A hundred of 200 units are too many for Hebb's rule and for minover's first pass alike.
        let none = compared(&["hebb", "hebb"], "random:n=200,p=100");
        assert!(
            none.sentence.starts_with("Neither comes back"),
            "{}",
            none.sentence
        );
        assert_eq!(none.best, [0, 1]);
    }

    #[test]
    fn one_alone_is_not_compared() {
        let recipe = Recipe::default();
        let outcome = run(&recipe, |_, _| ()).expect("it runs");
        assert_eq!(compare(&[("one", &outcome.track().conclusion)]), None);
    }
}
