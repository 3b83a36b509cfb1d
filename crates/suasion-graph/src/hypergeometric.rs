//! The upper tail of the hypergeometric distribution, to about thirteen digits however small it is.
//!
//! **Formulas.** Of N things a are marked, and b are drawn. The number X of marked things among them has
//!
//! P(X = k) = a! (N − a)! b! (N − b)! / (N! k! (a − k)! (b − k)! (N − a − b + k)!).
//!
//! Logarithms of factorials are large, and their differences lose digits. With ln n! = n ln n − n + r(n) all large parts
//! make up the deviance of the table of the four cells c with their expectations e, of which no part cancels:
//!
//! ln P(X = k) = −Σ_c e_c φ((c − e_c) / e_c) + r(a) + r(N − a) + r(b) + r(N − b) − r(N) − Σ_c r(c),
//!
//! φ(x) = (1 + x) ln(1 + x) − x. The four differences c − e_c are ±(kN − ab) / N, which is exact in integers. r(n) is
//! ½ ln 2πn and the rest of Stirling's series, and r(0) = 0.
//!
//! The tail P(X ≥ n) is a sum from its largest term, at n or at the mode, by ratios of neighbours both ways until terms
//! no longer count. It is 1 without rounding where X cannot be less, and 0 where it is below the smallest float,
//! about 1e-308.
//!
//! **Cost.** As many steps as there are terms that count: a few dozen for small tails, and about ten standard deviations
//! at the most.
//!
//! The deviance and the rest of Stirling's series are C. Loader's (2000), *Fast and accurate computation of binomial
//! probabilities*, who has them for the binomial distribution.

use std::f64::consts::TAU;

/// What no longer counts beside a sum of 1 or more.
const NEGLIGIBLE: f64 = 1e-18;

/// P(X ≥ n), if `b` of `total` things are drawn, of which `a` are marked. None of the three may exceed the total.
pub(crate) fn upper_tail(n: u32, total: u32, a: u32, b: u32) -> f64 {
    let (total, a, b) = (u64::from(total), u64::from(a), u64::from(b));
    let (least, most) = ((a + b).saturating_sub(total), a.min(b));
    let n = u64::from(n);
    if n <= least {
        return 1.0;
    }
    if n > most {
        return 0.0;
    }
    // Both are below 2³², and so is their product below 2⁶⁶.
    let mode = (u128::from(a + 1) * u128::from(b + 1) / u128::from(total + 2)) as u64;
    let largest = mode.clamp(n, most);
    // P(X = k + 1) / P(X = k).
    let ratio = |k: u64| {
        let up = (a - k) as f64 * (b - k) as f64;
        up / ((k + 1) as f64 * (total + k + 1 - a - b) as f64)
    };
    let (mut above, mut term) = (0.0, 1.0);
    for k in largest..most {
        term *= ratio(k);
        above += term;
        if term < NEGLIGIBLE {
            break;
        }
    }
    let mut below = 0.0;
    term = 1.0;
    for k in (n..largest).rev() {
        term /= ratio(k);
        below += term;
        if term < NEGLIGIBLE {
            break;
        }
    }
    (log_probability(largest, total, a, b).exp() * (1.0 + (above + below))).min(1.0)
}

/// ln P(X = k), where that is possible.
fn log_probability(k: u64, total: u64, a: u64, b: u64) -> f64 {
    let off = i128::from(k) * i128::from(total) - i128::from(a) * i128::from(b);
    let cells = [
        (k, a, b, off),
        (a - k, a, total - b, -off),
        (b - k, total - a, b, -off),
        (total + k - a - b, total - a, total - b, off),
    ];
    let mut deviance = 0.0;
    let mut of_cells = 0.0;
    for (count, row, column, off) in cells {
        // A cell that nothing can be in is as expected.
        if row > 0 && column > 0 {
            let product = row as f64 * column as f64;
            deviance += product / total as f64 * divergence(off as f64 / product);
        }
        of_cells += rest(count);
    }
    let of_margins = rest(a) + rest(total - a) + rest(b) + rest(total - b) - rest(total);
    of_margins - of_cells - deviance
}

/// φ(x) = (1 + x) ln(1 + x) − x, for x of at least −1.
fn divergence(x: f64) -> f64 {
    if x <= -1.0 {
        return 1.0;
    }
    let v = x / (2.0 + x);
    if v.abs() >= 0.1 {
        return (1.0 + x) * x.ln_1p() - x;
    }
    // ln(1 + x) is 2 (v + v³/3 + v⁵/5 + …); the first term is taken out of the difference.
    let square = v * v;
    let (mut power, mut series) = (v * square, 0.0);
    for odd in (3..20_u8).step_by(2) {
        series += power / f64::from(odd);
        power *= square;
    }
    x * v + 2.0 * (1.0 + x) * series
}

/// r(n) = ln n! − n ln n + n.
fn rest(n: u64) -> f64 {
    if n == 0 {
        return 0.0;
    }
    let x = n as f64;
    if n < 16 {
        // The factorial is exact.
        let factorial: u64 = (1..=n).product();
        return (factorial as f64).ln() - x * x.ln() + x;
    }
    let y = 1.0 / (x * x);
    let series = 1.0 / 12.0 - y * (1.0 / 360.0 - y * (1.0 / 1260.0 - y * (1.0 / 1680.0 - y / 1188.0)));
    0.5 * (TAU * x).ln() + series / x
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Exact tails by integers of Python 3.11 and what SciPy says, as `tests/reference/shared_events.py` wrote them.
    const TAILS: &str = include_str!("../tests/reference/hypergeometric.tsv");

    fn binomials(most: usize) -> Vec<Vec<u128>> {
        let mut rows = vec![vec![1_u128]];
        for n in 1..=most {
            let last = &rows[n - 1];
            let inner = last.windows(2).map(|pair| pair[0] + pair[1]);
            rows.push([1].into_iter().chain(inner).chain([1]).collect());
        }
        rows
    }

    fn is_near(found: f64, exact: f64, digits: f64) -> bool {
        (found - exact).abs() <= digits * exact
    }

    #[test]
    fn agrees_with_whole_numbers() {
        let choose = binomials(120);
        let totals = (0..26_usize).chain([60, 119, 120]);
        for total in totals {
            let step = if total < 26 { 1 } else { 7 };
            for a in (0..=total).step_by(step) {
                for b in (0..=total).step_by(step) {
                    let (least, most) = ((a + b).saturating_sub(total), a.min(b));
                    let ways = |k: usize| choose[a][k] * choose[total - a][b - k];
                    for n in 0..=most + 1 {
                        let tail: u128 = (n.max(least)..=most).map(ways).sum();
                        let exact = tail as f64 / choose[total][b] as f64;
                        let found = upper_tail(n as u32, total as u32, a as u32, b as u32);
                        assert!(is_near(found, exact, 1e-12), "{n}, {total}, {a}, {b}: {found}, {exact}");
                    }
                }
            }
        }
    }

    #[test]
    fn agrees_with_exact_tails_and_scipy() {
        let mut smallest = 1.0_f64;
        for line in TAILS.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            let [n, total, a, b] = [0, 1, 2, 3].map(|at| fields[at].parse::<u32>().unwrap());
            let [exact, scipy] = [4, 5].map(|at| fields[at].parse::<f64>().unwrap());
            let found = upper_tail(n, total, a, b);
            assert!(is_near(found, exact, 1e-11), "{n}, {total}, {a}, {b}: {found} for {exact}");
            assert!(is_near(found, scipy, 1e-9), "{n}, {total}, {a}, {b}: {found}, scipy {scipy}");
            smallest = smallest.min(exact);
        }
        assert!(smallest < 1e-200, "there are small ones among them");
    }

    #[test]
    fn what_is_certain_or_impossible_is_exact() {
        assert_eq!(upper_tail(0, 0, 0, 0), 1.0);
        assert_eq!(upper_tail(3, 5, 4, 4), 1.0);
        assert_eq!(upper_tail(5, 5, 5, 5), 1.0);
        assert_eq!(upper_tail(2, 5, 1, 4), 0.0);
        // Below the smallest float.
        assert_eq!(upper_tail(2000, 1_000_000, 2000, 2000), 0.0);
        // The margins may be as large as there are numbers for.
        let half = upper_tail(1 << 30, u32::MAX, 1 << 31, 1 << 31);
        assert!((0.5..0.5001).contains(&half), "{half}");
    }
}
