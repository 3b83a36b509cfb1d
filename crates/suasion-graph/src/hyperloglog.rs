//! The counters of HyperBall, which cites their sources: registers in planes, and what they say of a set.

use crate::csr::sum;

/// A node as a counter sees it.
#[derive(Clone, Copy)]
pub(crate) struct Single {
    pub(crate) register: u16,
    /// ρ.
    value: u8,
}

/// The arithmetic of counters.
pub(crate) struct Counters {
    log2m: u32,
    pub(crate) m: usize,
    /// m σ(z / m) for z registers at zero.
    zeros: Vec<f64>,
}

impl Counters {
    pub(crate) fn new(log2m: u32) -> Self {
        let m = 1_usize << log2m;
        let zeros = (0..m).map(|zeros| m as f64 * sigma(zeros as f64 / m as f64)).collect();
        Self { log2m, m, zeros }
    }

    pub(crate) fn single(&self, seed: u64, node: u32) -> Single {
        let hash = mix(mix(seed).wrapping_add(u64::from(node)));
        let bits = hash >> self.log2m;
        // The hash has no more zeros to count than bits.
        let value = bits.trailing_zeros().min(u64::BITS - self.log2m) + 1;
        Single { register: (hash & (self.m as u64 - 1)) as u16, value: value as u8 }
    }

    /// Ertl's estimate of how many nodes a counter has met, at least one, from all its planes.
    pub(crate) fn estimate<'a>(&self, planes: impl Iterator<Item = &'a Plane>) -> f64 {
        let (mut inverses, mut n_zeros) = (0.0, 0_usize);
        for plane in planes {
            let mut lanes = [0.0_f32; 16];
            let mut zeros = [0_u8; 16];
            for sixteen in plane.0.as_chunks::<16>().0 {
                for ((lane, zeros), &register) in lanes.iter_mut().zip(&mut zeros).zip(sixteen) {
                    // 2⁻ʳ, by its exponent.
                    *lane += f32::from_bits((127 - u32::from(register)) << 23);
                    *zeros += u8::from(register == 0);
                }
            }
            let zeros = zeros.iter().map(|&zeros| usize::from(zeros)).sum::<usize>();
            inverses += sum(lanes.into_iter().map(f64::from)) - zeros as f64;
            n_zeros += zeros;
        }
        // The last plane may hold more than there are registers.
        n_zeros -= self.n_planes() * WIDTH - self.m;
        let m = self.m as f64;
        m * m / (2.0 * std::f64::consts::LN_2 * (inverses + self.zeros[n_zeros]))
    }

    pub(crate) fn n_planes(&self) -> usize {
        self.m.div_ceil(WIDTH)
    }
}

/// σ(x) = x + Σ_k x^(2^k) 2^(k−1), for x below 1.
fn sigma(mut x: f64) -> f64 {
    let (mut total, mut factor) = (x, 1.0);
    loop {
        x *= x;
        let next = total + x * factor;
        if next == total {
            return total;
        }
        (total, factor) = (next, 2.0 * factor);
    }
}

/// A bijection that scatters: the finaliser of SplitMix64.
fn mix(word: u64) -> u64 {
    let word = word.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}

/// How many registers are worked on at a time: a line of the cache.
pub(crate) const WIDTH: usize = 64;

/// A part of one counter.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(align(64))]
pub(crate) struct Plane([u8; WIDTH]);

impl Plane {
    pub(crate) const EMPTY: Self = Self([0; WIDTH]);

    /// The greater of each register.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (register, &other) in self.0.iter_mut().zip(&other.0) {
            *register = (*register).max(other);
        }
    }
}

/// Adds a node to a counter, and says whether that changed it.
pub(crate) fn add(planes: &mut [Plane], single: Single) -> bool {
    let register = usize::from(single.register);
    let register = &mut planes[register / WIDTH].0[register % WIDTH];
    let changes = single.value > *register;
    *register = single.value.max(*register);
    changes
}
