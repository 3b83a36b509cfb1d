//! The gate, attacked: every difference of a shown cell and a sum of others, over random actors, marks and tables.

use suasion_analysis::privacy::{Gate, NOBODY, Release};

/// Small enough that every sum of cells can be tried, and that much must be merged.
const THRESHOLD: usize = 3;

/// Numbers from a seed (Marsaglia's xorshift).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end
    }
}

/// Elements with who is behind them, and tables of them.
struct Case {
    behind: Vec<[u32; 2]>,
    tables: Vec<Vec<Vec<u32>>>,
}

/// Actors, or interactions of a few actors; each table leaves out some elements.
fn random_case(random: &mut Random) -> Case {
    let n = 4 + random.below(12) as u32;
    let of_two = random.below(2) == 0;
    let marked = random.below(5);
    let end = |random: &mut Random| {
        let actor = random.below(u64::from(n)) as u32;
        if u64::from(actor) < marked { NOBODY } else { actor }
    };
    let behind = (0..n)
        .map(|element| {
            if of_two {
                [end(random), end(random)]
            } else {
                [if u64::from(element) < marked { NOBODY } else { element }, NOBODY]
            }
        })
        .collect();
    let n_tables = 2 + random.below(3);
    let tables = (0..n_tables)
        .map(|_| {
            let n_cells = 1 + random.below(5);
            let mut cells = vec![Vec::new(); n_cells as usize];
            for element in 0..n {
                let nowhere = u64::from(random.below(3) == 0);
                let cell = random.below(n_cells + nowhere);
                if let Some(cell) = cells.get_mut(cell as usize) {
                    cell.push(element);
                }
            }
            cells
        })
        .collect();
    Case { behind, tables }
}

/// What is shown of a table: its cells as readers see them.
fn seen(cells: &[Vec<u32>], release: &Release) -> Vec<Vec<u32>> {
    let alone = (0..cells.len()).filter(|at| release.is_alone(*at)).map(|at| cells[at].clone());
    alone.chain([release.other().to_vec()]).filter(|cell| !cell.is_empty()).collect()
}

fn few(behind: &[[u32; 2]], elements: &[u32]) -> bool {
    let mut actors: Vec<u32> = elements
        .iter()
        .flat_map(|element| behind[*element as usize])
        .filter(|actor| *actor != NOBODY)
        .collect();
    actors.sort_unstable();
    actors.dedup();
    (1..THRESHOLD).contains(&actors.len())
}

/// What is left of one set if another is taken from it; nothing where it does not hold the other.
fn less(all: &[u32], part: &[u32]) -> Option<Vec<u32>> {
    part.iter()
        .all(|element| all.contains(element))
        .then(|| all.iter().copied().filter(|element| !part.contains(element)).collect())
}

fn sums(cells: &[Vec<u32>]) -> impl Iterator<Item = Vec<u32>> + '_ {
    (1_u32..1 << cells.len()).map(|chosen| {
        let of = |at: &usize| chosen & (1 << at) != 0;
        (0..cells.len()).filter(of).flat_map(|at| cells[at].iter().copied()).collect()
    })
}

#[test]
fn no_difference_of_a_cell_and_a_sum_of_cells_leaves_few() {
    let mut random = Random(0x5EED);
    let (mut alone, mut merged, mut hidden) = (0, 0, 0);
    for _ in 0..3000 {
        let case = random_case(&mut random);
        let mut gate = Gate::with_threshold(case.behind.clone(), THRESHOLD);
        let mut shown: Vec<Vec<Vec<u32>>> = Vec::new();
        for cells in &case.tables {
            let release = gate.release(cells);
            alone += (0..cells.len()).filter(|at| release.is_alone(*at) && !cells[*at].is_empty()).count();
            merged += usize::from(!release.other().is_empty());
            hidden += usize::from(release == Release::Hidden);
            shown.push(seen(cells, &release));
        }
        for (at, one) in shown.iter().enumerate() {
            for sum in sums(one) {
                assert!(!few(&case.behind, &sum), "{sum:?} of {one:?}");
            }
            for another in shown.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other)
            {
                let all: Vec<u32> = one.iter().flatten().copied().collect();
                for (cell, sum) in
                    one.iter().chain([&all]).flat_map(|cell| sums(another).map(move |sum| (cell, sum)))
                {
                    for left in [less(cell, &sum), less(&sum, cell)].into_iter().flatten() {
                        assert!(!few(&case.behind, &left), "{left:?} of {cell:?} and {sum:?}: {shown:?}");
                    }
                }
            }
        }
    }
    assert!(
        alone > 1000 && merged > 1000 && hidden > 100,
        "the attack must meet all three: {alone} {merged} {hidden}"
    );
}

#[test]
fn small_cells_are_merged_and_what_they_would_be_told_by_with_them() {
    let actors = |range: std::ops::Range<u32>| -> Vec<u32> { range.collect() };
    let mut gate = Gate::new((0..40).map(|actor| [actor, NOBODY]).collect());
    // Nine are too few, and alone with nobody: the smallest of the others joins them.
    let cells = [actors(0..9), actors(9..20), actors(20..40)];
    let release = gate.release(&cells);
    assert_eq!(release, Release::Shown { alone: vec![false, false, true], other: actors(0..20) });
    // The sum of all was never said, but 20 to 40 was: of 19 to 40, one would be left.
    assert_eq!(gate.release(&[actors(19..40)]), Release::Hidden);
    assert!(gate.release(&[actors(0..40)]).is_whole());
}

#[test]
fn what_is_known_from_elsewhere_is_reckoned_with() {
    let mut gate = Gate::new((0..40).map(|actor| [actor, NOBODY]).collect());
    gate.is_known((0..40).collect());
    assert_eq!(gate.release(&[(0..39).collect()]), Release::Hidden);
    assert!(gate.release(&[(0..30).collect()]).is_whole());
}

#[test]
fn marked_actors_are_shown_however_few() {
    let behind = (0..12).map(|actor| [if actor < 2 { NOBODY } else { actor }, NOBODY]).collect();
    let mut gate = Gate::new(behind);
    assert!(gate.release(&[vec![0], vec![1], (2..12).collect()]).is_whole());
    // Of nine unmarked actors, nothing can be shown.
    let mut gate = Gate::new((0..9).map(|actor| [actor, NOBODY]).collect());
    assert_eq!(gate.release(&[(0..4).collect(), (4..9).collect()]), Release::Hidden);
}
