//! What is asked: the experiment with its question and settings, rules, world, repeats and, behind a link, the rest.

use super::sections::{head, quiet};
use super::{LabPanel, controls, rules, vary};
use crate::app::panels::PanelContext;
use crate::app::panels::memory::{scrolling, setting_rows, world_rows};
use crate::app::theme::{GAP, SMALL};
use crate::app::widgets::controls::{hint, info_button};
use crate::app::widgets::full_card::BUTTONS;
use crate::app::widgets::room::{height_left, width_left};
use crate::app::widgets::sliders::{Reach, reset_asked, slider_row};
use crate::engine::Dynamics;
use crate::engine::settings::Kinds as _;
use crate::lab::{ExperimentInfo, Lab, LabPreset, LabRecipe, MAX_REPEATS};
use crate::trial::MAX_SWEEPS;
use crate::worlds::World;
use egui::{Align, ComboBox, DragValue, Layout, RichText, Slider, Ui, vec2};

/// Repeats at the end of the slider; more can be typed.
const REPEATS: f64 = 1000.0;
/// Height of a list, so that no experiment and no figure lies below its edge; a list of the window is never higher than this.
const LIST: f32 = 400.0;
/// Widths of the experiments and of the figures in their list.
const COLUMNS: [f32; 2] = [130.0, 246.0];

/// Draws lines to choose from; the recipe of the one that was chosen now.
type List<'a> = dyn Fn(&mut Ui) -> Option<LabRecipe> + 'a;

/// Draws it into the card.
pub(super) fn ui(ui: &mut Ui, lab: &mut LabPanel, context: &mut PanelContext<'_>) {
    let height = height_left(ui, controls::HEIGHT);
    let foot = ui.available_rect_before_wrap().bottom() - controls::HEIGHT;
    scrolling(ui, "lab settings", height, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        experiment(ui, lab, context);
        rules::ui(ui, lab, context);
        world(ui, lab, context);
        vary::ui(ui, lab);
        more(ui, lab, context);
    });
    ui.add_space((foot - ui.cursor().top()).max(0.0));
    controls::ui(ui, lab, context);
}

/// Which experiment, what it asks, and its settings.
fn experiment(ui: &mut Ui, lab: &mut LabPanel, context: &mut PanelContext<'_>) {
    let about = lab.recipe.experiment.experiment().about();
    let mut wanted = None;
    head(ui, "Experiment", BUTTONS, |ui| {
        let room = width_left(ui, 34.0);
        let list = ComboBox::from_id_salt("experiment")
            .selected_text(about.title)
            .truncate()
            .height(LIST)
            .width(room);
        let shown = list.show_ui(ui, |ui| {
            ui.horizontal_top(|ui| {
                let column = |ui: &mut Ui, of: usize, lines: &List<'_>| {
                    let size = vec2(COLUMNS[of], 0.0);
                    let layout = Layout::top_down_justified(Align::Min);
                    let drawn = ui.allocate_ui_with_layout(size, layout, |ui| {
                        ui.spacing_mut().item_spacing.y = 0.0;
                        lines(ui)
                    });
                    drawn.inner
                };
                let experiment = column(ui, 0, &|ui| experiments(ui, about));
                wanted = column(ui, 1, &figures).or(experiment);
            });
        });
        shown
            .response
            .on_hover_text(format!("Experiment. {}", about.question));
        info_button(ui, "How to read the answer").on_hover_text(about.reading);
    });
    if let Some(other) = wanted {
        lab.ask(other);
    }
    hint(ui, about.question);
    ui.add_space(2.0);
    let Some(default) = start(lab) else {
        return;
    };
    let settings = lab.recipe.experiment.any_mut();
    let edits = setting_rows(
        ui,
        ("", settings),
        default.experiment.any(),
        usize::MAX,
        None,
    );
    context.refused.extend(edits);
    let reach = Reach {
        slider: [1.0, REPEATS],
        admitted: [1.0, MAX_REPEATS as f64],
    };
    let help = "How often each point is worked out, with other patterns and other noise: more make errors smaller";
    let row = (&mut lab.recipe.repeats, default.repeats);
    count_row(ui, ("Repeats", help), reach, row);
}

/// The experiments as a list; the recipe of the one that was chosen now, if it is another than `current`.
fn experiments(ui: &mut Ui, current: &ExperimentInfo) -> Option<LabRecipe> {
    let mut wanted = None;
    quiet(ui, "Experiments");
    for other in Lab::all() {
        let info = other.experiment().about();
        let line = ui.selectable_label(info.name == current.name, info.title);
        if line.on_hover_text(info.question).clicked() && info.name != current.name {
            wanted = LabRecipe::of(other).ok();
        }
    }
    wanted
}

/// The presets as a list; the recipe of the one that was chosen now.
fn figures(ui: &mut Ui) -> Option<LabRecipe> {
    let mut wanted = None;
    quiet(ui, "Figures to begin with");
    for preset in LabPreset::ALL {
        let line = ui.selectable_label(false, preset.title);
        if line.on_hover_text(preset.about).clicked() {
            wanted = preset.recipe().ok();
        }
    }
    wanted
}

/// What the experiment starts from.
fn start(lab: &LabPanel) -> Option<LabRecipe> {
    let kind = lab.recipe.experiment.kind();
    let mut all = Lab::all().into_iter();
    let experiment = all.find(|other| other.kind() == kind)?;
    LabRecipe::of(experiment).ok()
}

/// A slider for a whole number that goes back to `default`.
fn count_row(
    ui: &mut Ui,
    (title, help): (&str, &str),
    reach: Reach,
    (count, default): (&mut usize, usize),
) {
    let mut value = *count as f64;
    let slider = reach.slider(&mut value).integer().logarithmic(true);
    let row = slider_row(ui, title, slider, help);
    *count = reach.within(value) as usize;
    if reset_asked(ui, &row) {
        *count = default;
    }
}

/// Where patterns come from.
fn world(ui: &mut Ui, lab: &mut LabPanel, context: &mut PanelContext<'_>) {
    ui.add_space(GAP);
    let current = lab.recipe.world.about();
    let mut wanted = None;
    head(ui, "World", 0.0, |ui| {
        let list = ComboBox::from_id_salt("lab world")
            .selected_text(titled(&lab.recipe.world))
            .truncate()
            .height(340.0)
            .width(width_left(ui, 10.0));
        let shown = list.show_ui(ui, |ui| {
            let opened = &context.draft.world;
            for world in worlds(opened) {
                let is_chosen = is_made_of_the_same(&world, &lab.recipe.world);
                let line = ui.selectable_label(is_chosen, titled(&world));
                if line.on_hover_text(world.about().summary).clicked() && !is_chosen {
                    wanted = Some(world);
                }
            }
            if opened.opened().is_none() {
                hint(
                    ui,
                    "Files of your own: open them (File, Open patterns…), and they stand here.",
                );
            }
        });
        let help = format!("World of the lab. {}", current.summary);
        shown.response.on_hover_text(help);
    });
    if let Some(world) = wanted {
        let alphabet = world.settings().alphabet();
        lab.recipe.world = world;
        lab.recipe.rules.retain(|rule| rule.is_for(alphabet));
    }
    let shown = if lab.more {
        usize::MAX
    } else {
        lab.recipe.world.about().n_first.min(3)
    };
    let edits = world_rows(ui, &mut lab.recipe.world, shown, None);
    context.refused.extend(edits);
}

/// The worlds that have a name, and what the window has `opened` of files, as it stands there.
fn worlds(opened: &World) -> impl Iterator<Item = World> {
    let named = World::ALL.iter().map(|make| make());
    // A world of files has none until some are opened.
    let named = named.filter(|world| !matches!(world, World::File(_)));
    named.chain(opened.opened().map(|_| opened.clone()))
}

/// A world as it stands in the list: files by their name.
fn titled(world: &World) -> String {
    match world.opened() {
        Some(input) => {
            let name = input.name();
            let last = name.rsplit(['/', '\\']).find(|part| !part.is_empty());
            last.unwrap_or(name).to_owned()
        }
        None => world.about().title.to_owned(),
    }
}

/// Whether both are one kind of world over the same files.
fn is_made_of_the_same(one: &World, other: &World) -> bool {
    one.about().name == other.about().name && one.opened() == other.opened()
}

/// Dynamics, seed and sweeps, and all settings of the world.
fn more(ui: &mut Ui, lab: &mut LabPanel, context: &mut PanelContext<'_>) {
    if lab.more {
        ui.add_space(GAP);
        dynamics(ui, lab, context);
        let slider = Slider::new(&mut lab.recipe.max_sweeps, 1..=MAX_SWEEPS).logarithmic(true);
        let help = "A run that has not settled after so many is stopped: larger waits longer";
        let row = slider_row(ui, "Sweeps", slider, help);
        if let Some(default) = start(lab).filter(|_| reset_asked(ui, &row)) {
            lab.recipe.max_sweeps = default.max_sweeps;
        }
    }
    let text = if lab.more {
        "Fewer settings"
    } else {
        "More settings"
    };
    ui.horizontal(|ui| {
        let help =
            "The order of the updates, the largest number of sweeps, all settings of the world";
        let link = ui.link(RichText::new(text).size(SMALL));
        if link.on_hover_text(help).clicked() {
            lab.more = !lab.more;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let drag = DragValue::new(&mut lab.recipe.seed).speed(0.1);
            let drag = drag.prefix("Lab seed ");
            ui.add(drag)
                .on_hover_text("Decides everything random: the same seed gives the same rows");
        });
    });
}

fn dynamics(ui: &mut Ui, lab: &mut LabPanel, context: &mut PanelContext<'_>) {
    let current = lab.recipe.dynamics;
    head(ui, "Dynamics", 0.0, |ui| {
        let list = ComboBox::from_id_salt("lab dynamics")
            .selected_text(current.title())
            .truncate()
            .width(width_left(ui, 10.0));
        let shown = list.show_ui(ui, |ui| {
            for dynamics in Dynamics::ALL {
                let chosen = dynamics.name() == current.name();
                let line = ui.selectable_label(chosen, dynamics.title());
                if line.on_hover_text(dynamics.summary()).clicked() && !chosen {
                    lab.recipe.dynamics = dynamics;
                }
            }
        });
        let help = format!("Order of the updates in the lab. {}", current.summary());
        shown.response.on_hover_text(help);
    });
    let same = |one: &Dynamics| one.name() == lab.recipe.dynamics.name();
    if let Some(default) = Dynamics::ALL.into_iter().find(same) {
        let edits = setting_rows(
            ui,
            ("", &mut lab.recipe.dynamics),
            &default,
            usize::MAX,
            None,
        );
        context.refused.extend(edits);
    }
}
