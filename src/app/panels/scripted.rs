//! What scripts do, those of lessons, scenes and the tour, in terms of the draft, of commands and of how one looks.

use super::PanelContext;
use crate::app::view::{AttractorView, ComparedView, LowerChart, Statistic, Strip, Tab, View};
use crate::engine::Error;
use crate::lab::LabRecipe;
use crate::lessons::{Act, Script};
use crate::session::{Command, StepUnit};
use crate::trial::Recipe;

/// Does what `script` says; `asked` is the recipe that it makes of where it sets out from. What cannot be done is told,
/// and nothing is done.
pub(super) fn act(asked: Result<Recipe, Error>, script: &Script, context: &mut PanelContext<'_>) {
    match asked {
        Ok(recipe) => give(recipe, context),
        Err(problem) => return context.tell(Err(problem)),
    }
    // No card hides what the script leads to.
    (context.view.pointed, context.view.full) = (None, None);
    context.view.turn_to(Tab::Recall);
    for act in &script.0 {
        let done = one(act, context);
        context.tell(done);
    }
}

/// Does what `script` says, setting out from what is set now.
pub(in crate::app) fn run(script: &Script, context: &mut PanelContext<'_>) {
    act(script.recipe(context.draft), script, context);
}

/// Puts `recipe` in force, which nobody made by hand.
pub(super) fn give(recipe: Recipe, context: &mut PanelContext<'_>) {
    context.view.given = Some(recipe.clone());
    context.commands.push(Command::Replace(Box::new(recipe)));
}

fn one(act: &Act, context: &mut PanelContext<'_>) -> Result<(), Error> {
    match act {
        Act::Set(..) | Act::Track(_) | Act::Expect(_) => {}
        Act::Settle => context.commands.push(Command::Settle),
        Act::Play => {
            context.commands.push(Command::Seek(0));
            context.commands.push(Command::Play(true));
        }
        Act::Cue => context.commands.push(Command::Seek(0)),
        Act::Sweeps(count) => {
            context.commands.push(Command::Seek(0));
            let step = Command::StepForward(StepUnit::Sweep);
            let steps = std::iter::repeat_n(step, (*count).min(100) as usize);
            context.commands.extend(steps);
        }
        Act::Tab(name) => {
            let tab = named("tab", name, &Tab::ALL)?;
            context.view.turn_to(tab);
        }
        Act::Lab(name) => {
            context.view.lab_asked = Some(LabRecipe::named(name)?);
            context.view.turn_to(Tab::Lab);
        }
        Act::View(name) if name == "Wheels" => context.view.compared = ComparedView::Wheels,
        Act::View(name) => context.view.attractors = named("view", name, &AttractorView::ALL)?,
        Act::Chart(name) => chart(context.view, name)?,
        Act::Point(name) => {
            // A narrow window has one strip for both.
            match name.as_str() {
                "Couplings J" => context.view.strip = Strip::Couplings,
                "Overlaps" | "Energy and learning" => context.view.strip = Strip::Charts,
                _ => {}
            }
            context.view.pointed = Some(name.clone());
        }
    }
    Ok(())
}

/// Shows the chart or the statistics called `name`, in a narrow window too.
fn chart(view: &mut View, name: &str) -> Result<(), Error> {
    if let Ok(statistic) = named("chart", name, &Statistic::ALL) {
        (view.statistic, view.strip) = (statistic, Strip::Couplings);
        return Ok(());
    }
    view.lower_chart = named("chart", name, &LowerChart::NAMED)?;
    view.strip = Strip::Charts;
    Ok(())
}

/// What is called `name`.
fn named<T: Copy>(kind: &'static str, name: &str, all: &[(T, &str, &str)]) -> Result<T, Error> {
    let found = all.iter().find(|(_, other, _)| *other == name);
    found.map(|(what, ..)| *what).ok_or_else(|| Error::Unknown {
        kind,
        name: name.to_owned(),
        known: all
            .iter()
            .map(|(_, name, _)| *name)
            .collect::<Vec<_>>()
            .join(", "),
    })
}

/// Whether a window can do all that `script` says: for the tests.
#[cfg(test)]
pub(super) fn check(script: &Script) -> Result<(), Error> {
    for act in &script.0 {
        match act {
            Act::Tab(name) => drop(named("tab", name, &Tab::ALL)?),
            Act::Lab(name) => drop(LabRecipe::named(name)?),
            Act::View(name) if name != "Wheels" => {
                named("view", name, &AttractorView::ALL)?;
            }
            Act::Chart(name) => chart(&mut View::default(), name)?,
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::built_in;
    use crate::lessons::scenes::{SCENES, TOUR};

    #[test]
    fn the_window_has_what_scripts_turn_to() {
        for lesson in built_in() {
            for script in lesson.scripts() {
                assert_eq!(check(script), Ok(()), "{}", lesson.id);
            }
        }
        for scene in SCENES.iter().chain(&TOUR) {
            assert_eq!(check(&scene.script()), Ok(()), "{}", scene.name);
        }
    }
}
