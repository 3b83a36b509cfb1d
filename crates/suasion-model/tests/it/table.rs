//! Panels do not depend on the order of the rows they are made from.

use suasion_model::Period;
use suasion_model::places::{place_in_sentence, place_name};
use suasion_model::table::{Observation, Panel};

#[test]
fn a_panel_sorts_units_and_periods_and_keeps_gaps() {
    let row = |unit: &str, year, value| Observation {
        unit: unit.to_string(),
        period: Period::year(year).expect("a year"),
        value,
    };
    let mut rows = vec![row("B", 2001, 4.0), row("A", 2000, 1.0), row("B", 2000, 3.0)];
    let panel = Panel::new(&rows);
    rows.reverse();
    assert_eq!(panel, Panel::new(&rows));
    assert_eq!(panel.units, ["A", "B"]);
    assert_eq!(panel.values, [vec![Some(1.0), None], vec![Some(3.0), Some(4.0)]]);
    assert_eq!(panel.unit("B"), Some(1));
    assert_eq!(panel.unit("C"), None);
    assert_eq!(panel.value(1, Period::year(2001).expect("a year")), Some(4.0));
    assert_eq!(panel.value(0, Period::year(2001).expect("a year")), None);
}

#[test]
fn places_have_the_names_that_readers_know() {
    assert_eq!(place_name("GBR"), "United Kingdom");
    assert_eq!(place_name("KOR"), "South Korea");
    assert_eq!(place_name("_REST"), "_REST");
    assert_eq!(place_in_sentence("GBR"), "the United Kingdom");
    assert_eq!(place_in_sentence("CYM"), "the Cayman Islands");
    assert_eq!(place_in_sentence("FRA"), "France");
}
