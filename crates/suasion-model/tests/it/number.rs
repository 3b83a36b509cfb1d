//! Figures read as people write them.

use suasion_model::number;

#[test]
fn figures_are_written_for_people() {
    let rows: [(f64, &str); 20] = [
        (31_886_000.0, "31 886 000"),
        (-31_886.4, "−31 886"),
        (0.0, "0"),
        (-0.0, "0"),
        (1000.0, "1 000"),
        (999.96, "1 000"),
        (9.996, "10.0"),
        (12.078_852, "12.1"),
        (-3.7, "−3.7"),
        (0.602_903_98, "0.603"),
        (0.043_51, "0.0435"),
        (3.0, "3"),
        (0.5, "0.5"),
        (147_271_421.875, "147 271 422"),
        (1.5e15, "1.5 × 10¹⁵"),
        (-0.000_012, "−1.2 × 10⁻⁵"),
        (f64::NAN, "—"),
        (f64::INFINITY, "—"),
        (f64::NEG_INFINITY, "—"),
        (123.456, "123"),
    ];
    for (value, expected) in rows {
        assert_eq!(number::value(value).replace([number::THIN, number::SPACE], " "), expected, "{value:?}");
    }
    assert_eq!(number::with_unit(-3.7, "%"), "−3.7\u{202f}%");
    assert_eq!(number::with_unit(12.08, "% of GDP"), "12.1\u{202f}% of GDP");
    assert_eq!(number::with_unit(1234.0, "visits"), "1\u{202f}234\u{a0}visits");
    assert_eq!(number::with_unit(0.3, ""), "0.3");
    for (share, expected) in [
        (0.121, "12.1 %"),
        (0.0, "0 %"),
        (1.0, "100 %"),
        (0.000_05, "< 0.01 %"),
        (0.0004, "0.04 %"),
        (-0.2, "−20.0 %"),
        (f64::NAN, "—"),
    ] {
        assert_eq!(number::percent(share).replace([number::THIN, number::SPACE], " "), expected);
    }
    for (p, expected) in
        [(0.62, "0.62"), (0.0004, "< 0.001"), (0.0769, "0.077"), (1.0, "1.00"), (f64::NAN, "—")]
    {
        assert_eq!(number::probability(p).replace(number::SPACE, " "), expected);
    }
    assert_eq!(number::decimals_of_column([0.5, -1.3, f64::NAN]), Some(3));
    assert_eq!(number::decimals_of_column([12.0, 12.08]), Some(2));
    assert_eq!(number::decimals_of_column([3.0, 1e6]), Some(0));
    assert_eq!(number::decimals_of_column([1e-9]), None);
    assert_eq!(number::in_column(Some(-0.0045), Some(3)), "−0.004");
    assert_eq!(number::in_column(None, Some(3)), "—");
    assert_eq!(number::count(6742), "6\u{202f}742");
    assert_eq!(number::fixed(-0.001, 1), "0.0");
}
