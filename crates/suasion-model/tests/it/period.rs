//! Periods are read strictly, kept as said, and ordered by time.

use suasion_model::Period;

#[test]
fn periods_are_written_as_they_were_read() {
    for text in ["2012", "2012-02", "2012-02-29", "0001", "9999-12-31"] {
        assert_eq!(Period::parse(text).map(|period| period.to_string()).as_deref(), Some(text));
    }
}

#[test]
fn what_is_no_period_is_refused() {
    for text in [
        "",
        " 2012",
        "2012 ",
        "12",
        "20120",
        "0000",
        "2012-2",
        "2012-00",
        "2012-13",
        "2013-02-29",
        "2012-02-1",
        "2012-02-01-01",
        "2012/02",
        "+2012",
        "-2012",
        "２０１２",
        "2012-",
        "Q1 2012",
    ] {
        assert_eq!(Period::parse(text), None, "{text:?}");
    }
    assert_eq!(Period::year(0), None);
    assert_eq!(Period::year(10_000), None);
}

#[test]
fn periods_are_ordered_by_their_first_day_then_the_longer_first() {
    let texts = ["2011-12-31", "2012", "2012-01", "2012-01-01", "2012-01-02", "2012-02", "2013"];
    let mut periods: Vec<Period> = texts.iter().rev().filter_map(|text| Period::parse(text)).collect();
    periods.sort();
    assert_eq!(periods.iter().map(ToString::to_string).collect::<Vec<_>>(), texts);
}

#[test]
fn a_period_contains_what_lies_within_it() {
    let period = |text| Period::parse(text).expect("a period");
    assert!(period("2012").contains(period("2012-12-31")));
    assert!(period("2012-02").contains(period("2012-02-29")));
    assert!(!period("2012-02").contains(period("2012")));
    assert!(!period("2012").contains(period("2013-01-01")));
}

#[test]
fn days_are_counted_from_1970() {
    assert_eq!(Period::parse("1970-01-01").map(Period::days_since_epoch), Some(0));
    assert_eq!(Period::parse("1970").map(Period::days_since_epoch), Some(0));
    assert_eq!(Period::parse("1969-12-31").map(Period::days_since_epoch), Some(-1));
    assert_eq!(Period::parse("2012-03").map(Period::days_since_epoch), Some(15_400));
}

#[test]
fn a_period_ends_with_its_last_day_and_a_day_is_found_again() {
    let end = |text: &str| Period::parse(text).map(Period::end_since_epoch);
    assert_eq!(end("1970-01-01"), Some(1));
    assert_eq!(end("1970"), Some(365));
    assert_eq!(end("2012-02"), Period::parse("2012-03").map(Period::days_since_epoch));
    for text in ["0001-01-01", "1969-12-31", "2012-02-29", "9999-12-31"] {
        let day = Period::parse(text).expect("a day");
        assert_eq!(Period::of_days_since_epoch(day.days_since_epoch()), Some(day), "{text}");
    }
    assert_eq!(Period::of_days_since_epoch(i32::MAX), None);
}

#[test]
fn years_and_months_have_a_next_one() {
    let next = |text: &str| Period::parse(text).and_then(Period::next).map(|period| period.to_string());
    assert_eq!(next("2012").as_deref(), Some("2013"));
    assert_eq!(next("2012-01").as_deref(), Some("2012-02"));
    assert_eq!(next("2012-12").as_deref(), Some("2013-01"));
    assert_eq!(next("9999"), None);
    assert_eq!(next("2012-12-31"), None);
}
