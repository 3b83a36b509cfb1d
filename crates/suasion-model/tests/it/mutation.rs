//! Texts made of others by small steps, the same each time: what people and machines do to a file by mistake.

/// A stream of numbers that is the same for the same seed (xorshift64*).
pub(crate) struct Dice(u64);

impl Dice {
    /// A stream of its own for each seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below a limit that is not zero.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }
}

/// What mistakes are made of.
const PIECES: [&[u8]; 36] = [
    b"\"",
    b"'",
    b"\"\"\"",
    b"'''",
    b"[",
    b"]",
    b"[[",
    b"]]",
    b"{",
    b"}",
    b"=",
    b",",
    b".",
    b"#",
    b"\\",
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"\t",
    b" ",
    b"0",
    b"-",
    b"\xFF",
    b"120,000",
    b"02012",
    b"[strategy]\n",
    b"[[objective]]\n",
    b"id = \"a\"\n",
    b"issue",
    "“".as_bytes(),
    "\u{a0}".as_bytes(),
    "\u{feff}".as_bytes(),
    "👩‍🚀".as_bytes(),
    "e\u{301}".as_bytes(),
    "שלום".as_bytes(),
];

/// A text with a few mistakes in it.
pub(crate) fn mutated(text: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = text.to_vec();
    for _ in 0..=dice.below(4) {
        step(&mut bytes, other, dice);
    }
    bytes
}

fn step(bytes: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    let at = dice.below(bytes.len() + 1);
    let end = (at + 1 + dice.below(12)).min(bytes.len());
    match dice.below(8) {
        0 => drop(bytes.drain(at..end)),
        1 => drop(bytes.splice(at..at, PIECES[dice.below(PIECES.len())].iter().copied())),
        2 => drop(bytes.splice(at..end, PIECES[dice.below(PIECES.len())].iter().copied())),
        3 => bytes.truncate(at),
        4 => {
            let (line, behind) = line(bytes, at);
            let copy = bytes[line..behind].to_vec();
            drop(bytes.splice(line..line, copy));
        }
        5 => {
            let (line, behind) = line(bytes, at);
            drop(bytes.drain(line..behind));
        }
        6 => {
            let (from, behind) = line(other, dice.below(other.len() + 1));
            let (to, _) = line(bytes, at);
            drop(bytes.splice(to..to, other[from..behind].iter().copied()));
        }
        // The key or header of a line, with a letter less.
        _ => {
            let (line, behind) = line(bytes, at);
            let letter = line + dice.below(8);
            if letter < behind {
                bytes.remove(letter);
            }
        }
    }
}

/// The line around an offset: where it begins, and where it ends behind its break.
fn line(bytes: &[u8], at: usize) -> (usize, usize) {
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |before| before + 1);
    let end =
        bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |behind| at + behind + 1);
    (start, end)
}
