//! Decimal integers, eight digits at a time.
//!
//! The digits of a word are found and combined by arithmetic on the whole word, without a branch for each digit:
//! the idiom is known as SIMD within a register (SWAR).

/// The number that starts at `position`, and where it ends; `None` unless it is a `u64` without leading zeros.
///
/// There must be eight bytes from every position of the text on.
#[inline]
pub(crate) fn plain_number(bytes: &[u8], position: usize) -> Option<(u64, usize)> {
    let (value, digits) = word(bytes, position)?;
    if digits < 8 {
        if digits == 0 || (digits > 1 && bytes[position] == b'0') {
            return None;
        }
        return Some((value, position + digits));
    }
    long_number(bytes, position, value)
}

/// As [`plain_number`], when the first eight bytes are digits.
fn long_number(bytes: &[u8], position: usize, mut value: u64) -> Option<(u64, usize)> {
    if bytes[position] == b'0' {
        return None;
    }
    let mut end = position + 8;
    loop {
        let (part, digits) = word(bytes, end)?;
        value = value.checked_mul(10_u64.pow(digits as u32))?.checked_add(part)?;
        end += digits;
        if digits < 8 {
            return Some((value, end));
        }
    }
}

/// The number that the first digits of the next eight bytes make, and how many digits there are, from 0 to 8.
#[inline]
fn word(bytes: &[u8], position: usize) -> Option<(u64, usize)> {
    let eight: [u8; 8] = bytes.get(position..position + 8)?.try_into().ok()?;
    let word = u64::from_le_bytes(eight) ^ 0x3030_3030_3030_3030;
    // The high bit of each byte that is no digit. A carry out of such a byte spoils only later ones.
    let others = (word.wrapping_add(0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080;
    let digits = (others.trailing_zeros() / 8) as usize;
    if digits == 0 {
        return Some((0, 0));
    }
    // The digits move to the end, zeros before them.
    let mut value = word << (64 - 8 * digits);
    value = (value.wrapping_mul(10 * (1 << 8) + 1) >> 8) & 0x00ff_00ff_00ff_00ff;
    value = (value.wrapping_mul(100 * (1 << 16) + 1) >> 16) & 0x0000_ffff_0000_ffff;
    value = value.wrapping_mul(10_000 * (1 << 32) + 1) >> 32;
    Some((value, digits))
}
