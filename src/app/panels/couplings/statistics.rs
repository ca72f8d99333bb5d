//! Statistics of the memory: how couplings, margins and eigenvalues are distributed.
//!
//! Margins and eigenvalues are asked for when they are looked at and not known; until they are, the old ones stay,
//! dimmed. Absent: working them out; the session does that.

use super::columns::{DIMMED, HEADER, Scene, fields_picture};
use crate::app::notice::sentence;
use crate::app::panels::explained::number_in_tex;
use crate::app::panels::{PanelContext, save};
use crate::app::theme::{GAP, Palette, SMALL};
use crate::app::view::Statistic;
use crate::app::widgets::controls::small_segmented;
use crate::app::widgets::full_card::{BUTTONS, placeholder};
use crate::app::widgets::histogram::BarChart;
use crate::app::widgets::plane::Plane;
use crate::app::widgets::room::room_above;
use crate::app::widgets::scatter::Scatter;
use crate::engine::numbers::{decimals, percent};
use crate::engine::observables::{Margins, Spectrum};
use crate::figures::numbers::number;
use crate::figures::{Figure, Scale, distributions};
use crate::session::{Command, Measurement};
use crate::worlds::spin_glass::Comparison;
use egui::{Align, Button, ComboBox, Label, Layout, RichText, Ui, vec2};

/// Height of a line below the picture of a distribution.
const LINE: f32 = SMALL + 5.0;
/// Room below it: two lines.
const BELOW: f32 = 2.0 * LINE + GAP / 2.0;
/// Width from which the choices stand side by side.
const SIDE_BY_SIDE: f32 = 174.0;

/// A figure of bars and what is said below it.
pub(super) struct Told {
    pub(super) figure: Figure,
    pub(super) captions: [String; 2],
    pub(super) about: String,
}

/// How tall bars are.
pub(super) fn scale(linear: bool) -> Scale {
    if linear { Scale::Linear } else { Scale::Log }
}

impl Scene<'_> {
    /// The column. `with_fields`: the local fields have no column of their own and are one of the choices.
    pub(super) fn statistics(
        &self,
        ui: &mut Ui,
        context: &mut PanelContext<'_>,
        with_fields: bool,
        linear: &mut bool,
    ) {
        let has_bonds = context.session.sample().is_some();
        let room = ui.available_width();
        let choices = &Statistic::ALL
            [usize::from(!with_fields)..Statistic::ALL.len() - usize::from(!has_bonds)];
        // What was chosen is remembered until it is there again.
        let is_there = choices.iter().any(|it| it.0 == context.view.statistic);
        let mut shown = context.view.statistic;
        if !is_there {
            shown = Statistic::Couplings;
        }
        let before = shown;
        choice(ui, &mut shown, choices, room);
        if shown != before {
            context.view.statistic = shown;
        }
        match shown {
            Statistic::Fields => {
                fields_picture(ui, context, self.snapshot, self.grid, self.marked);
            }
            Statistic::Couplings => {
                context.hand_over("Couplings J", || vec![self.moments()]);
                bars(ui, context, &self.couplings_told(*linear), linear);
            }
            Statistic::Margins => {
                let found = context.session.margins();
                measured(
                    ui,
                    context,
                    Measurement::Margins,
                    found,
                    |ui, context, margins| {
                        bars(ui, context, &margins_told(margins, *linear), linear);
                    },
                );
            }
            Statistic::Spectrum => {
                let found = context.session.spectrum();
                measured(
                    ui,
                    context,
                    Measurement::Spectrum,
                    found,
                    |ui, context, spectrum| {
                        eigenvalues(ui, context, spectrum, linear);
                    },
                );
            }
            Statistic::Bonds => {
                let found = context.session.compared_bonds();
                measured(ui, context, Measurement::Bonds, found, bonds);
            }
        }
    }

    /// Mean and standard deviation of the couplings, in TeX.
    fn moments(&self) -> String {
        let histogram = &self.kept.histogram;
        let [mean, deviation] = [histogram.mean, histogram.deviation].map(number_in_tex);
        format!(r"\bar{{J}} = {mean},\quad \sigma = {deviation}")
    }

    fn couplings_told(&self, linear: bool) -> Told {
        let histogram = &self.kept.histogram;
        let (mean, deviation) = (histogram.mean as f32, histogram.deviation as f32);
        Told {
            figure: distributions::couplings(histogram, scale(linear)),
            captions: [
                format!("largest {}", number(histogram.limit)),
                format!("mean {}, sd {}", number(mean), number(deviation)),
            ],
            about: "Largest size, mean and standard deviation over all i ≠ j".to_owned(),
        }
    }
}

/// Draws what was `found`, weaker if it is of another memory, and asks for what is not known of this one; where it is
/// not to be had, says why.
fn measured<T>(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    what: Measurement,
    found: Option<&T>,
    draw: impl FnOnce(&mut Ui, &mut PanelContext<'_>, &T),
) {
    let session = context.session;
    if let Some(reason) = session.declined(what) {
        return placeholder(ui, &sentence(&reason));
    }
    let known = session.is_measured(what);
    if !known && !session.is_measuring(what) {
        context.commands.push(Command::Measure(what));
    }
    let Some(found) = found else {
        return placeholder(ui, what.under_way());
    };
    if !known {
        ui.multiply_opacity(DIMMED);
    }
    draw(ui, context, found);
}

/// What is shown: side by side where there is room, else a list.
fn choice(ui: &mut Ui, shown: &mut Statistic, choices: &[(Statistic, &str, &str)], room: f32) {
    const LABEL: &str = "Memory statistics";
    let top = ui.cursor().top();
    // Three stand side by side; more are a list.
    let needed = if choices.len() > 3 {
        SIDE_BY_SIDE * 1.36
    } else {
        SIDE_BY_SIDE
    };
    let with_fields = choices[0].0 == Statistic::Fields;
    if !with_fields && room >= needed {
        ui.add_space(2.0);
        small_segmented(ui, LABEL, shown, choices, |_| None);
    } else {
        let current = choices.iter().find(|choice| choice.0 == *shown);
        let (_, text, tooltip) = current.unwrap_or(&choices[0]);
        ui.scope(|ui| {
            ui.spacing_mut().button_padding.y = 2.0;
            ui.spacing_mut().interact_size.y = 22.0;
            let list = ComboBox::from_id_salt("statistic")
                .selected_text(*text)
                .width((room - BUTTONS).max(SIDE_BY_SIDE / 2.0));
            let list = list.show_ui(ui, |ui| {
                for (value, text, tooltip) in choices {
                    ui.selectable_value(shown, *value, *text)
                        .on_hover_text(*tooltip);
                }
            });
            list.response.on_hover_text(format!("{LABEL}. {tooltip}"));
        });
    }
    let used = ui.cursor().top() - top;
    ui.add_space((HEADER - used).max(0.0));
}

/// Learned couplings against true bonds.
fn bonds(ui: &mut Ui, context: &mut PanelContext<'_>, comparison: &Comparison) {
    let figure = &distributions::bonds(&comparison.bonds, &comparison.others);
    let size = picture_size(ui);
    let response = Scatter { figure, size }.show(ui);
    save::menu(&response, context.exports, figure);
    let two = |value: f64| decimals(value, 2);
    let captions = [
        format!("true bonds: correlation {}", two(comparison.cosine)),
        format!("{} of signs right", percent(comparison.signs)),
    ];
    let about = format!(
        "Each orange dot is a bond: true strength over temperature across, learned coupling up; grey dots on the left are \
        pairs without a bond. On the diagonal learned and true are equal.\n\nThe correlation R is the cosine between all \
        couplings and J*/T. The relative error γ is {}, and {} after multiplying the couplings by {}: 0 where all are \
        found",
        two(comparison.error),
        two(comparison.scaled_error),
        two(comparison.scale)
    );
    under(ui, &captions, &about, |_| ());
}

fn margins_told(margins: &Margins, linear: bool) -> Told {
    let stable = if margins.negative == 0.0 {
        "every pattern is a fixed point".to_owned()
    } else {
        format!("{} of units unstable", percent(margins.negative))
    };
    Told {
        figure: distributions::margins(margins, scale(linear)),
        captions: [
            stable,
            format!(
                "smallest {}, mean {}",
                number(margins.smallest as f32),
                number(margins.mean as f32)
            ),
        ],
        about: format!(
            "κ = ξ h / |J| over all units and stored patterns: larger resists more flips; below 0 a unit flips. A \
            unit's smallest margin is {} on average",
            number(margins.mean_of_row_minima() as f32)
        ),
    }
}

/// Bars on the line where all are real, points of the plane where they are not.
fn eigenvalues(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    spectrum: &Spectrum,
    linear: &mut bool,
) {
    let (radius, right) = (number(spectrum.radius()), number(spectrum.rightmost()));
    let figure = distributions::eigenvalues(spectrum, scale(*linear));
    if spectrum.real {
        let left = number(spectrum.leftmost());
        let told = Told {
            figure,
            captions: [
                format!("{} real eigenvalues", spectrum.values.len()),
                format!("from {left} to {right}"),
            ],
            about: "The eigenvalues of J, all real since J is symmetric: the large ones belong to directions that it \
                stores"
                .to_owned(),
        };
        bars(ui, context, &told, linear);
        return;
    }
    let size = picture_size(ui);
    let figure = &figure;
    let response = Plane { figure, size }.show(ui);
    save::menu(&response, context.exports, figure);
    let complex = spectrum.values.iter().filter(|value| value[1] != 0.0);
    let complex = complex.count();
    let captions = [
        format!("{} eigenvalues, {complex} not real", spectrum.values.len()),
        format!("radius {radius}, rightmost {right}"),
    ];
    let about = "The eigenvalues of J in the complex plane, both axes alike; the circle is the largest magnitude. Off \
        the real axis states turn in circles";
    under(ui, &captions, about, |_| ());
}

/// Room of a picture with two lines below.
fn picture_size(ui: &Ui) -> egui::Vec2 {
    let size = room_above(ui, BELOW);
    size.max(vec2(20.0, 20.0))
}

/// Two lines below a picture, with something at the end of the second.
fn under(ui: &mut Ui, lines: &[String; 2], about: &str, at_end: impl FnOnce(&mut Ui)) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.spacing_mut().interact_size.y = LINE;
        ui.horizontal(|ui| caption(ui, &lines[0], about));
        let row = vec2(ui.available_width(), LINE);
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            at_end(ui);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                caption(ui, &lines[1], about);
            });
        });
    });
}

/// One line below a picture, cut short where there is no room for it.
fn caption(ui: &mut Ui, text: &str, about: &str) {
    let palette = Palette::of(ui.visuals());
    let text = RichText::new(text).size(SMALL).color(palette.weak);
    ui.add(Label::new(text).truncate()).on_hover_text(about);
}

/// A histogram, two lines below it, and the choice of its scale.
pub(super) fn bars(ui: &mut Ui, context: &mut PanelContext<'_>, told: &Told, linear: &mut bool) {
    let figure = &told.figure;
    let size = picture_size(ui);
    let (response, _) = BarChart { figure, size }.show(ui);
    save::menu(&response, context.exports, figure);
    under(ui, &told.captions, &told.about, |ui| {
        let text = RichText::new("Log").size(SMALL);
        let tooltip = "Bars as tall as the logarithms of the counts: rare values stay visible";
        let button = Button::selectable(!*linear, text).small();
        if ui.add(button).on_hover_text(tooltip).clicked() {
            *linear = !*linear;
        }
    });
}
