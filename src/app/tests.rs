//! What the window remembers.

use super::*;
use eframe::{App as _, Storage};
use std::collections::BTreeMap;
use view::{LowerChart, Strip};

/// What eframe writes to a file.
#[derive(Default)]
struct Remembered(BTreeMap<String, String>);

impl Storage for Remembered {
    fn get_string(&self, key: &str) -> Option<String> {
        self.0.get(key).cloned()
    }

    fn set_string(&mut self, key: &str, value: String) {
        self.0.insert(key.to_owned(), value);
    }

    fn remove_string(&mut self, key: &str) {
        self.0.remove(key);
    }

    fn flush(&mut self) {}
}

#[test]
fn speed_and_charts_come_back_and_the_stage_does_not() {
    let ctx = egui::Context::default();
    let mut storage = Remembered::default();
    let mut app = App::new(&ctx, Recipe::default(), None);
    app.command(Command::SetSpeed(7.0));
    (app.view.lower_chart, app.view.strip) = (LowerChart::Learning, Strip::Couplings);
    (app.view.stage, app.view.full) = (true, Some("Energy"));
    app.save(&mut storage);
    let again = App::new(&ctx, Recipe::default(), Some(&storage));
    assert_eq!(again.session().speed(), 7.0);
    assert_eq!(again.view.lower_chart, LowerChart::Learning);
    assert_eq!(again.view.strip, Strip::Couplings);
    assert_eq!((again.view.stage, again.view.full), (false, None));
    for spoiled in ["", "(speed:NaN,brush:inf)", "(speed:", "(speed:1e30)"] {
        storage.set_string("view", spoiled.to_owned());
        let app = App::new(&ctx, Recipe::default(), Some(&storage));
        let (speed, brush) = (app.session().speed(), app.view.brush);
        assert!((1.0..=60.0).contains(&speed) && (1.0..=6.0).contains(&brush));
    }
}
