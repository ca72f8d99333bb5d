//! The energy against time; where there is none, the mean local stability, and why.

use super::axes::axes;
use super::head;
use crate::app::panels::{PanelContext, save};
use crate::app::snapshot::Snapshot;
use crate::app::theme::{Palette, SMALL};
use crate::app::widgets::formula::{formula, legend};
use crate::app::widgets::timeline::moment_at;
use crate::engine::dense::{DenseMemory, Energy, States};
use crate::engine::learning::{Shows, Symbol};
use crate::engine::numbers::decimals;
use crate::engine::{Memory, Recording};
use crate::figures::numbers::number;
use crate::figures::{Figure, recall};
use crate::session::Command;
use egui::{Label, RichText, Role, Ui, WidgetInfo};

/// What falls or rises with time: the energy, or what is shown where there is none.
struct Trace {
    title: &'static str,
    /// What it is, as a formula.
    formula: &'static str,
    /// What to know of it.
    remark: &'static str,
    figure: Figure,
    /// The value at the moment shown, as it is written.
    in_words: String,
}

/// Draws the chart into the space left.
pub(super) fn ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let (Some(recording), Some(snapshot)) = (context.session.recording(), context.snapshot) else {
        head::title(ui, context, "Energy", "");
        head::waiting(ui, context);
        return;
    };
    let cursor = context.session.cursor();
    let now = cursor as f64 / recording.sweep() as f64;
    let trace = match snapshot.energy {
        Some(energy) => energies(recording, snapshot, cursor, [now, energy]),
        None => stabilities(recording, snapshot, now),
    };
    head::title(ui, context, trace.title, &trace.in_words);
    let palette = Palette::of(ui.visuals());
    ui.horizontal(|ui| {
        let lit = context.view.shown_symbol;
        let (shown, pointed) = formula(ui, trace.formula, &SYMBOLS, lit, SMALL + 2.0);
        shown.on_hover_ui(|ui| {
            if let Some(symbol) = pointed {
                legend(ui, &[symbol], None);
            }
            ui.label(why(recording));
        });
        context.view.hovered_symbol = context.view.hovered_symbol.or(pointed);
        let remark = RichText::new(trace.remark).size(SMALL);
        ui.add(Label::new(remark.color(palette.weak)).truncate());
    });
    // The uppermost tick reaches above the axes.
    ui.add_space(0.5 * SMALL);
    let mut figure = trace.figure;
    let canvas = axes(ui, &figure, ui.available_size());
    let seek = canvas.seek(recording, cursor);
    context.commands.extend(seek.map(Command::Seek));
    let series = if recording.length() == 0 {
        canvas.paint_hint(palette, "Press Play to see where it leads");
        figure.series.pop()
    } else {
        None
    };
    canvas.paint(&figure, palette);
    context.mark(ui, Shows::Energy, canvas.response.rect);
    figure.series.extend(series);
    save::menu(&canvas.response, context.exports, &figure);
    canvas.response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Image, true, &figure.title);
        info.current_text_value = Some(trace.in_words.clone());
        info
    });
    if let Some((sweeps, _)) = canvas.pointed() {
        let at = moment_at(recording, sweeps);
        let sweeps = at as f64 / recording.sweep() as f64;
        let series = &figure.series[0];
        let sample = series.x.partition_point(|x| *x <= sweeps);
        let sample = series.y[sample.saturating_sub(1)];
        let value = recording.energy_at(at).unwrap_or(sample);
        let label = &figure.up.label;
        let about = format!("sweep {sweeps:.2}\n{label} {}", text(value));
        canvas.response.on_hover_text_at_pointer(about);
    }
}

fn energies(recording: &Recording, snapshot: &Snapshot, cursor: u64, now: [f64; 2]) -> Trace {
    Trace {
        title: "Energy",
        formula: formula_of(recording.memory()),
        remark: match &**recording.memory() {
            Memory::Pairwise(_) => "only differences matter",
            _ => "",
        },
        figure: recall::energy(recording, now),
        in_words: in_words(recording, snapshot, cursor, now[1]),
    }
}

/// The mean local stability, where there is no energy.
fn stabilities(recording: &Recording, snapshot: &Snapshot, now: f64) -> Trace {
    Trace {
        title: "Stability",
        formula: match &**recording.memory() {
            Memory::Potts(_) => r"\text{mean margin of the letters}",
            _ => r"\textstyle \frac{1}{N} \sum_i s_i h_i / \lVert J_i \rVert",
        },
        remark: "no energy exists: J is asymmetric",
        figure: recall::stability(recording, [now, snapshot.stability]),
        in_words: format!("mean {}", text(snapshot.stability)),
    }
}

/// The energy as a formula.
fn formula_of(memory: &Memory) -> &'static str {
    if memory.potts().is_some() {
        return r"\textstyle E = -\sum_i b_i(s_i) - \frac{1}{2} \sum_{i \neq j} J_{ij}(s_i, s_j)";
    }
    match memory.dense().map(DenseMemory::energy_function) {
        None => r"\textstyle E = -\frac{1}{2} \sum_{i \neq j} J_{ij} s_i s_j",
        Some(Energy::Polynomial { .. }) => r"\textstyle E = -\frac{N}{n} \sum_\mu m_\mu^n",
        Some(Energy::Rectified { .. }) => r"\textstyle E = -\frac{N}{n} \sum_\mu \max(0, m_\mu)^n",
        Some(Energy::Exponential { .. }) => r"\textstyle E = -c \sum_\mu e^{\beta N (m_\mu - 1)}",
        Some(Energy::LogSumExp {
            states: States::Signs,
            ..
        }) => r"\textstyle E = -\frac{1}{\beta} \ln \sum_\mu e^{\beta N m_\mu}",
        Some(Energy::LogSumExp { .. }) => {
            r"\textstyle E = -\frac{1}{\beta} \ln \sum_\mu e^{\beta N m_\mu} + \frac{1}{2} \lVert s \rVert^2 + \ldots"
        }
    }
}

/// What the symbols of these formulas are on screen.
const SYMBOLS: [Symbol; 5] = [
    Symbol::new("E", "energy of the state", Shows::Energy),
    Symbol::new("J_{ij}", "coupling from unit j to unit i", Shows::Couplings),
    Symbol::new("s_i", "unit i of the state", Shows::State),
    Symbol::new("h_i", "field on unit i of the state", Shows::Fields),
    Symbol::new(
        r"m_\mu",
        "overlap of the state with pattern μ",
        Shows::Overlaps,
    ),
];

/// “E = −231.4, last flip −1.32”.
fn in_words(recording: &Recording, snapshot: &Snapshot, cursor: u64, energy: f64) -> String {
    let tick = recording.tick_length();
    let change = if tick > 1 {
        let before = recording.energy_at(cursor.saturating_sub(tick));
        before
            .filter(|_| cursor > 0)
            .map(|before| ("last sweep", energy - before))
    } else {
        let last = snapshot.flips.checked_sub(1);
        let last = last.and_then(|last| recording.flip(last));
        let before = last.and_then(|flip| recording.energy_at(flip.update - 1));
        before.map(|before| ("last flip", energy - before))
    };
    match change {
        Some((what, change)) => format!("E = {}, {what} {}", text(energy), number(change as f32)),
        None => format!("E = {}", text(energy)),
    }
}

/// Four digits that matter, and a real minus sign.
fn text(energy: f64) -> String {
    let size = energy.abs().max(1e-9).log10().floor();
    decimals(energy, (3.0 - size).clamp(0.0, 4.0) as usize)
}

/// What the curve says, or why there is no energy.
fn why(recording: &Recording) -> String {
    let memory = recording.memory();
    let asymmetry = match &**memory {
        Memory::Pairwise(couplings) => (!couplings.symmetric()).then(|| couplings.asymmetry()),
        Memory::Potts(potts) => (!potts.symmetric()).then(|| potts.asymmetry()),
        Memory::Dense(_) => None,
    };
    match asymmetry {
        None => "What the dynamics at T = 0 makes smaller, flip by flip".to_owned(),
        Some(asymmetry) => format!(
            "Asymmetric couplings have no energy. Unit i pulls unit j otherwise than j pulls i (asymmetry {}), so \
            nothing falls with every flip, and a state can go round in a cycle instead of coming to rest. Shown \
            instead: how firmly the units are held as they are",
            decimals(asymmetry, 2)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn energies_read_well() {
        assert_eq!(text(-231.44), "−231.4");
        assert_eq!(text(-1.3219), "−1.322");
        assert_eq!(text(0.0), "0.0000");
        assert_eq!(text(-12_345.6), "−12346");
    }
}
