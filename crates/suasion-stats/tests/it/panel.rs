//! A panel is complete, or says what is missing; a message says what to do.

use suasion_stats::Error;
use suasion_stats::columns::Columns;
use suasion_stats::panel::Panel;

#[test]
fn shape_must_match() {
    assert_eq!(Panel::new(2, 3, vec![0.0; 5]), Err(Error::Shape { expected: 6, found: 5 }));
    assert!(matches!(Panel::new(0, 3, vec![]), Err(Error::Shape { .. })));
    assert!(matches!(Panel::new(2, 0, vec![]), Err(Error::Shape { .. })));
    assert!(matches!(Panel::new(usize::MAX, 2, vec![0.0]), Err(Error::Shape { .. })));
}

#[test]
fn first_missing_value_is_named() {
    let mut values = vec![1.0; 6];
    values[5] = f64::NAN;
    assert_eq!(Panel::new(2, 3, values.clone()), Err(Error::MissingValue { unit: 1, period: 2 }));
    values[1] = f64::INFINITY;
    assert_eq!(Panel::new(2, 3, values), Err(Error::MissingValue { unit: 0, period: 1 }));
}

#[test]
fn units_are_rows() {
    let panel = Panel::new(2, 3, vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]).unwrap();
    assert_eq!((panel.n_units(), panel.n_periods()), (2, 3));
    assert_eq!(panel.unit(1), [4.0, 5.0, 6.0]);
}

#[test]
fn columns_are_complete() {
    assert!(matches!(Columns::new(2, vec![1.0; 3]), Err(Error::Shape { .. })));
    assert!(matches!(Columns::new(0, vec![]), Err(Error::Shape { .. })));
    assert!(matches!(Columns::new(2, vec![]), Err(Error::Shape { .. })));
    let values = vec![1.0, 2.0, 3.0, f64::NAN];
    assert_eq!(Columns::new(2, values), Err(Error::NotFinite { row: 1, column: Some(1) }));
}

#[test]
fn messages_fit_after_failed_to() {
    let errors = [
        Error::Shape { expected: 6, found: 5 },
        Error::MissingValue { unit: 1, period: 2 },
        Error::NotFinite { row: 1, column: None },
        Error::NotFinite { row: 1, column: Some(2) },
        Error::NotPositive { unit: 1, period: 2, value: -1.0 },
        Error::NoSuchUnit { unit: 9, n_units: 3 },
        Error::TooFewDonors { needed: 2, found: 1 },
        Error::TreatedIsDonor { unit: 1 },
        Error::RepeatedDonor { unit: 1 },
        Error::Window { n_pre: 0, n_post: 1, n_periods: 3 },
        Error::NotAProbability { value: 2.0 },
        Error::NoDegreesOfFreedom,
    ];
    for error in errors {
        let message = error.to_string();
        assert!(message.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()), "{message}");
        assert!(message.contains(": ") && !message.ends_with('.'), "{message}");
    }
}
