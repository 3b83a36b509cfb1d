//! What two rows of neighbours have in common.

/// How many times longer a list has to be for it to be searched rather than read.
const MUCH_LONGER: usize = 8;

/// Visits where what two ascending lists share is in either, ascending. As many steps as the shorter list is long, with
/// a logarithm where the other is much longer.
pub(crate) fn for_each_shared(a: &[u32], b: &[u32], mut visit: impl FnMut(usize, usize)) {
    let is_a_short = a.len() <= b.len();
    let (short, long) = if is_a_short { (a, b) } else { (b, a) };
    let is_much_longer = long.len() / MUCH_LONGER > short.len();
    let mut at_long = 0;
    for (at_short, node) in short.iter().enumerate() {
        let rest = &long[at_long..];
        at_long += if is_much_longer {
            rest.partition_point(|other| other < node)
        } else {
            rest.iter().take_while(|other| *other < node).count()
        };
        if long.get(at_long) == Some(node) {
            if is_a_short { visit(at_short, at_long) } else { visit(at_long, at_short) }
        }
    }
}
