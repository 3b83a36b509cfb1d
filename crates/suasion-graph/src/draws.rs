//! Randomness that is a function of a seed and a counter, so that what is drawn does not depend on who draws it, or
//! when.
//!
//! **Method.** A stream starts at a hash of its seed and number, and goes on as SplitMix64: steps of 2⁶⁴ / φ, each
//! put through a mixing function that maps 64 bits one to one.
//!
//! G. L. Steele Jr, D. Lea and C. H. Flood (2014), "Fast splittable pseudorandom number generators", *OOPSLA*,
//! 453–472.

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// The draws of one stream.
pub(crate) struct Draws(u64);

impl Draws {
    /// The stream of this number under this seed.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        Self(mix(mix(seed.wrapping_add(STEP)) ^ stream.wrapping_mul(STEP)))
    }

    /// 64 random bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// An integer from 0 to `end` − 1, each as likely as any other; `end` is not zero.
    pub(crate) fn below(&mut self, end: u32) -> u32 {
        // The high half of a product is uniform once the few low halves that come up too often are drawn again.
        let too_often = end.wrapping_neg() % end;
        loop {
            let product = (self.bits() >> 32) * u64::from(end);
            if product as u32 >= too_often {
                return (product >> 32) as u32;
            }
        }
    }

    /// A number from 0 to below 1, a multiple of 2⁻⁵³.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }
}

/// The mixing function of SplitMix64.
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
