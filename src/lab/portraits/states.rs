//! All states of a small memory as a picture: basins side by side, each with its attractor in the middle and the states that
//! lead to it in rings around, a sweep a ring.

use super::ProbedMemory;
use crate::engine::attractors::TransitionGraph;
use crate::engine::patterns::Patterns;
use crate::engine::{Error, Nature};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Basins that are drawn at most, the largest.
const MOST_BASINS: usize = 60;

/// Room around a basin, and between neighbours on a ring, where rings are 1 apart.
const GAP: f32 = 0.6;
const APART: f32 = 0.4;

/// The transition graph of a memory, and where its states are drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct StateGraph {
    /// The graph.
    pub graph: Arc<TransitionGraph>,
    /// What each cycle is, as its runs would be told.
    pub natures: Vec<Nature>,
    /// States of the basin of each cycle.
    pub sizes: Vec<u64>,
    /// The cycles whose basins are drawn, the largest first.
    pub drawn: Vec<usize>,
    /// Where each state is drawn, [x, y] in the square from −1 to 1; none of basins that are not.
    pub places: Arc<Vec<Option<[f32; 2]>>>,
    /// How far apart neighbours on a ring are at least, in that square.
    pub spacing: f32,
    /// What is stored.
    pub patterns: Arc<Patterns>,
}

impl StateGraph {
    /// That of `memory`. Refused: what [`TransitionGraph::new`] refuses.
    pub fn of(memory: &ProbedMemory) -> Result<Self, Error> {
        let graph = TransitionGraph::new(&memory.batch, memory.dynamics)?;
        let nature = |cycle: &Vec<u32>| match cycle.len() {
            1 => Nature::of_fixed_point(&graph.state(cycle[0]), &memory.patterns),
            length => Nature::Cycle {
                length: length as u64,
            },
        };
        let natures = graph.cycles().iter().map(nature).collect();
        let sizes = graph.basin_sizes();
        let mut drawn: Vec<usize> = (0..sizes.len()).collect();
        drawn.sort_by_key(|cycle| std::cmp::Reverse(sizes[*cycle]));
        drawn.truncate(MOST_BASINS);
        let (places, spacing) = places(&graph, &drawn);
        Ok(Self {
            graph: Arc::new(graph),
            natures,
            sizes,
            drawn,
            places: Arc::new(places),
            spacing,
            patterns: Arc::clone(&memory.patterns),
        })
    }

    /// States in all.
    pub fn n_states(&self) -> u64 {
        self.graph.successors().len() as u64
    }
}

/// Places of all states of the basins that are drawn, and how far apart neighbours are.
fn places(graph: &TransitionGraph, drawn: &[usize]) -> (Vec<Option<[f32; 2]>>, f32) {
    let children = children(graph);
    let basins: Vec<Vec<(u32, [f32; 2])>> = drawn
        .iter()
        .map(|cycle| basin(&graph.cycles()[*cycle], &children))
        .collect();
    let far = |[x, y]: [f32; 2]| x.hypot(y);
    let radius = |basin: &Vec<(u32, [f32; 2])>| {
        let all = basin.iter().map(|(_, place)| far(*place));
        all.fold(0.0, f32::max) + GAP
    };
    let radii: Vec<f32> = basins.iter().map(radius).collect();
    let middles = packed(&radii);
    let reach = middles.iter().zip(&radii);
    let reach = reach
        .map(|(middle, radius)| middle[0].abs().max(middle[1].abs()) + radius)
        .fold(1.0, f32::max);
    let mut places = vec![None; graph.successors().len()];
    for (basin, middle) in basins.iter().zip(middles) {
        for (state, [x, y]) in basin {
            places[*state as usize] = Some([(middle[0] + x) / reach, (middle[1] + y) / reach]);
        }
    }
    (places, APART / reach)
}

/// The states that lead to each, but for those of cycles.
fn children(graph: &TransitionGraph) -> Vec<Vec<u32>> {
    let mut children = vec![Vec::new(); graph.successors().len()];
    for (state, next) in graph.successors().iter().enumerate() {
        if graph.heights()[state] > 0 {
            children[*next as usize].push(state as u32);
        }
    }
    children
}

/// Places of the states of one basin about its middle: each state has a part of the circle that is as large as the
/// states without predecessor behind it are many.
fn basin(cycle: &[u32], children: &[Vec<u32>]) -> Vec<(u32, [f32; 2])> {
    // All states, those of a cycle first, then ring by ring, so that predecessors come later.
    let mut order: Vec<u32> = cycle.to_vec();
    let mut ring = vec![0_u32; cycle.len()];
    let mut next = 0;
    while next < order.len() {
        for child in &children[order[next] as usize] {
            order.push(*child);
            ring.push(ring[next] + 1);
        }
        next += 1;
    }
    let mut at = BTreeMap::new();
    for (place, state) in order.iter().enumerate() {
        at.insert(*state, place);
    }
    let mut widths = vec![0.0_f32; order.len()];
    for place in (0..order.len()).rev() {
        let behind = children[order[place] as usize].iter();
        widths[place] = behind.map(|child| widths[at[child]]).sum::<f32>().max(1.0);
    }
    // A ring is as far out as its states need, and at least one step from the one before.
    let n_rings = ring.iter().max().map_or(0, |last| *last as usize) + 1;
    let mut counts = vec![0_usize; n_rings];
    ring.iter().for_each(|ring| counts[*ring as usize] += 1);
    let mut radii = vec![0.0_f32; n_rings];
    for (k, count) in counts.iter().enumerate() {
        let needed = *count as f32 * APART / std::f32::consts::TAU;
        radii[k] = match k {
            0 if cycle.len() == 1 => 0.0,
            0 => needed.max(0.8),
            _ => needed.max(radii[k - 1] + 1.0),
        };
    }
    let whole: f32 = widths[..cycle.len()].iter().sum();
    let mut from = vec![0.0_f32; order.len()];
    let mut angle = 0.0;
    for place in 0..cycle.len() {
        from[place] = angle;
        angle += widths[place] / whole;
    }
    let mut places = Vec::with_capacity(order.len());
    for (place, state) in order.iter().enumerate() {
        let middle = (from[place] + widths[place] / whole / 2.0) * std::f32::consts::TAU;
        let radius = radii[ring[place] as usize];
        places.push((
            *state,
            [radius * libm::sinf(middle), -radius * libm::cosf(middle)],
        ));
        let mut angle = from[place];
        for child in &children[*state as usize] {
            let child = at[child];
            from[child] = angle;
            angle += widths[child] / whole;
        }
    }
    places
}

/// Middles of discs of these radii that do not overlap, each as near to the origin as there is room beside two others.
fn packed(radii: &[f32]) -> Vec<[f32; 2]> {
    let mut middles: Vec<[f32; 2]> = Vec::with_capacity(radii.len());
    for (place, radius) in radii.iter().enumerate() {
        let fits = |[x, y]: [f32; 2]| {
            let mut others = middles.iter().zip(radii);
            others.all(|(other, its)| (other[0] - x).hypot(other[1] - y) >= (its + radius) * 0.999)
        };
        let middle = match place {
            0 => [0.0, 0.0],
            1 => [radii[0] + radius, 0.0],
            _ => {
                let pairs = (0..place).flat_map(|a| (0..a).map(move |b| [a, b]));
                let beside = pairs.flat_map(|[a, b]| {
                    beside(
                        [middles[a], middles[b]],
                        [radii[a] + radius, radii[b] + radius],
                    )
                });
                let fitting = beside.flatten().filter(|middle| fits(*middle));
                fitting
                    .min_by(|a, b| a[0].hypot(a[1]).total_cmp(&b[0].hypot(b[1])))
                    .unwrap_or([0.0, 0.0])
            }
        };
        middles.push(middle);
    }
    middles
}

/// The two points at these distances from two others, where there are any.
fn beside([a, b]: [[f32; 2]; 2], [from_a, from_b]: [f32; 2]) -> [Option<[f32; 2]>; 2] {
    let along = [b[0] - a[0], b[1] - a[1]];
    let apart = along[0].hypot(along[1]);
    if apart == 0.0 || apart > from_a + from_b {
        return [None; 2];
    }
    let part = (from_a * from_a - from_b * from_b + apart * apart) / (2.0 * apart);
    let square = from_a * from_a - part * part;
    if square < 0.0 {
        return [None; 2];
    }
    let [x, y] = along.map(|it| it / apart);
    let aside = square.sqrt();
    [aside, -aside].map(|aside| Some([a[0] + part * x - aside * y, a[1] + part * y + aside * x]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::LearningRule;
    use crate::trial::Recipe;
    use crate::worlds::World;

    fn graph(n: usize) -> StateGraph {
        let mut recipe = Recipe {
            world: World::parse(&format!("random:n={n},p=3")).unwrap(),
            ..Recipe::default()
        };
        recipe.track_mut().rule = LearningRule::parse("pseudo-inverse").unwrap();
        recipe.track_mut().dynamics = crate::engine::Dynamics::Synchronous;
        StateGraph::of(&ProbedMemory::learned(&recipe).unwrap()).unwrap()
    }

    #[test]
    fn every_state_of_a_drawn_basin_has_a_place_of_its_own() {
        let graph = graph(8);
        assert_eq!(graph.sizes.iter().sum::<u64>(), 256);
        assert!(
            graph
                .drawn
                .windows(2)
                .all(|two| { graph.sizes[two[0]] >= graph.sizes[two[1]] })
        );
        let places: Vec<[f32; 2]> = graph.places.iter().flatten().copied().collect();
        let drawn: u64 = graph.drawn.iter().map(|it| graph.sizes[*it]).sum();
        assert_eq!(places.len() as u64, drawn);
        for (place, [x, y]) in places.iter().enumerate() {
            assert!(x.abs() <= 1.0 && y.abs() <= 1.0, "{x} {y}");
            let mut others = places[..place].iter();
            assert!(others.all(|other| (other[0] - x).hypot(other[1] - y) > 1e-3));
        }
    }

    /// Three equal discs touch one another; the fourth takes the hollow between two of them.
    #[test]
    fn discs_stand_side_by_side() {
        let middles = packed(&[1.0; 4]);
        let apart = |a: usize, b: usize| {
            (middles[a][0] - middles[b][0]).hypot(middles[a][1] - middles[b][1])
        };
        for (a, b) in [(0, 1), (0, 2), (1, 2)] {
            assert!((apart(a, b) - 2.0).abs() < 1e-5);
        }
        assert!((0..3).all(|other| apart(3, other) >= 2.0 - 1e-3));
    }
}
