//! Quantiles of the normal and of Student's distribution.
//!
//! Normal: the root of the distribution function, which is that of Student's for infinite degrees of freedom,
//! here Wichura (1988), "Algorithm AS 241: the percentage points of the normal distribution", Applied
//! Statistics 37, 477–484, routine PPND16: relative accuracy about 1e-16. Student, for whole degrees of
//! freedom: the finite sums of Abramowitz & Stegun (1964), equations 26.7.3 and 26.7.4, solved by bisection
//! in the angle `atan(t / √ν)` until the interval no longer shrinks. Cost: O(ν) a step, about 60 steps; above
//! ν = 10⁶ the normal is used, which is then closer than `(z³ + |z|) / (4 × 10⁶)`.
//!
//! Errors: a probability that is not strictly between 0 and 1, and zero degrees of freedom.

use crate::Error;

/// The value below which a standard normal lies with this probability.
pub fn normal_quantile(probability: f64) -> Result<f64, Error> {
    check_probability(probability)?;
    let centered = probability - 0.5;
    if centered.abs() <= 0.425 {
        let r = 0.180_625 - centered * centered;
        return Ok(centered * polynomial(&CENTRE_TOP, r) / polynomial(&CENTRE_BOTTOM, r));
    }
    let tail = if centered < 0.0 { probability } else { 1.0 - probability };
    let r = (-tail.ln()).sqrt();
    let size = if r <= 5.0 {
        polynomial(&NEAR_TOP, r - 1.6) / polynomial(&NEAR_BOTTOM, r - 1.6)
    } else {
        polynomial(&FAR_TOP, r - 5.0) / polynomial(&FAR_BOTTOM, r - 5.0)
    };
    Ok(size.copysign(centered))
}

/// The value below which Student's t with these degrees of freedom lies with this probability.
pub fn student_quantile(probability: f64, degrees_of_freedom: usize) -> Result<f64, Error> {
    check_probability(probability)?;
    if degrees_of_freedom == 0 {
        return Err(Error::NoDegreesOfFreedom);
    }
    if degrees_of_freedom > 1_000_000 {
        return normal_quantile(probability);
    }
    // P(|T| < t) rises with the angle; the sign follows from symmetry.
    let wanted = (2.0 * probability - 1.0).abs();
    let (mut low, mut high) = (0.0, std::f64::consts::FRAC_PI_2);
    loop {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if central_probability(middle, degrees_of_freedom) < wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    let size = (degrees_of_freedom as f64).sqrt() * (0.5 * (low + high)).tan();
    Ok(if probability < 0.5 { -size } else { size })
}

/// `P(|T| < √ν tan θ)`.
fn central_probability(angle: f64, degrees_of_freedom: usize) -> f64 {
    let (sin, cos) = angle.sin_cos();
    let odd = !degrees_of_freedom.is_multiple_of(2);
    // Terms cos^k with k of the parity of ν − 2, each the last one times a ratio of whole numbers.
    let (mut term, mut power) = if odd { (cos, 1) } else { (1.0, 0) };
    let mut sum = 0.0;
    while power + 2 <= degrees_of_freedom {
        sum += term;
        let next = power + 2;
        term *= cos * cos * (next as f64 - 1.0) / next as f64;
        power = next;
    }
    if odd { (angle + sin * sum) * std::f64::consts::FRAC_2_PI } else { sin * sum }
}

pub(crate) fn check_probability(value: f64) -> Result<(), Error> {
    if value > 0.0 && value < 1.0 { Ok(()) } else { Err(Error::NotAProbability { value }) }
}

fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

// Lowest power first; in the centre the argument is 0.180625 − q², in the tails √(−ln p) less 1.6 or 5.
const CENTRE_TOP: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
const CENTRE_BOTTOM: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_854,
];
const NEAR_TOP: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    0.000_774_545_014_278_341_4,
];
const NEAR_BOTTOM: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    0.000_547_593_808_499_534_5,
    1.050_750_071_644_416_9e-9,
];
const FAR_TOP: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_87,
    0.026_532_189_526_576_124,
    0.001_242_660_947_388_078_4,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const FAR_BOTTOM: [f64; 8] = [
    1.0,
    0.599_832_206_555_888,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    0.000_786_869_131_145_613_3,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_7e-15,
];
