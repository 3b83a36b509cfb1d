//! Names: canonical order, look-up, and what counts as an integer.

use proptest::prelude::*;
use suasion_graph::Names;

fn intern<'a>(names: impl IntoIterator<Item = &'a str>) -> Names {
    Names::new(names).expect("few enough names")
}

fn check(given: &[&str], expected: &[&str]) {
    let names = intern(given.iter().copied());
    assert_eq!(names.iter().collect::<Vec<_>>(), expected);
    assert_eq!(names.len(), expected.len());
    assert_eq!(names.is_empty(), expected.is_empty());
    for (id, &name) in (0..).zip(expected) {
        assert_eq!((names.name(id), names.id(name)), (name, Some(id)));
    }
}

#[test]
fn text_is_ordered_by_bytes() {
    check(&["FR", "DE", "fr", "FR", "Île", "E", ""], &["", "DE", "E", "FR", "fr", "Île"]);
}

#[test]
fn integers_are_ordered_by_value() {
    check(&["10", "9", "-3", "100", "-20", "0", "9"], &["-20", "-3", "0", "9", "10", "100"]);
}

#[test]
fn one_name_that_is_no_integer_orders_all_as_text() {
    check(&["10", "9", "x"], &["10", "9", "x"]);
    for other in ["", "-", "+1", "1.0", " 1", "1e3", "٣", "--1"] {
        assert!(intern(["10", "9", other]).id("10") < intern(["10", "9", other]).id("9"), "{other:?}");
    }
}

#[test]
fn equal_values_are_different_names() {
    check(
        &["7", "007", "07", "-0", "0", "00", "-01", "-1"],
        &["-01", "-1", "-0", "0", "00", "007", "07", "7"],
    );
}

#[test]
fn integers_have_any_length() {
    let huge = "340282366920938463463374607431768211456";
    let huger = "340282366920938463463374607431768211457";
    let negative = "-340282366920938463463374607431768211456";
    check(&[huger, "5", negative, huge], &[negative, "5", huge, huger]);
}

#[test]
fn no_names() {
    check(&[], &[]);
    assert_eq!(intern([]).id("1"), None);
}

#[test]
fn unknown_names_are_not_found() {
    let integers = intern(["1", "3", "20"]);
    for unknown in ["0", "2", "21", "01", "-1", "", "x", "1 ", "2x"] {
        assert_eq!(integers.id(unknown), None, "{unknown:?}");
    }
    let text = intern(["b", "d"]);
    for unknown in ["a", "c", "e", "", "bb", "1"] {
        assert_eq!(text.id(unknown), None, "{unknown:?}");
    }
}

proptest! {
    #[test]
    fn any_order_of_mentions_gives_the_same_names(
        (given, shuffled) in prop::collection::vec("-?[0-9]{0,3}|[a-cé]{0,2}", 0..20)
            .prop_flat_map(|names| (Just(names.clone()), Just(names).prop_shuffle()))
    ) {
        let names = intern(given.iter().map(String::as_str));
        prop_assert_eq!(&names, &intern(shuffled.iter().map(String::as_str)));
        for name in &given {
            let id = names.id(name).expect("given");
            prop_assert_eq!(names.name(id), name);
        }
    }

    #[test]
    fn integers_are_ordered_as_numbers(values in prop::collection::btree_set(any::<i64>(), 0..20)) {
        let given: Vec<String> = values.iter().rev().map(ToString::to_string).collect();
        let sorted: Vec<String> = values.iter().map(ToString::to_string).collect();
        let names = intern(given.iter().map(String::as_str));
        prop_assert_eq!(names.iter().collect::<Vec<_>>(), sorted.iter().map(String::as_str).collect::<Vec<_>>());
    }
}
