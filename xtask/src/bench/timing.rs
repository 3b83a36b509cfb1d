//! Runs in turn, and their median.

use super::answer::Run;
use super::{N_RUNS, N_RUNS_OF_SHORT, SHORT};
use crate::Failure;

/// The seconds of the runs of one side.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Times {
    ascending: Vec<f64>,
    /// The most memory that a run held, where it says.
    pub(super) peak_bytes: Option<f64>,
}

impl Times {
    fn add(&mut self, run: &Run) {
        let at = self.ascending.partition_point(|seconds| *seconds < run.seconds);
        self.ascending.insert(at, run.seconds);
        let peak = run.answer.figures.get("peak_bytes").copied();
        self.peak_bytes = self.peak_bytes.into_iter().chain(peak).reduce(f64::max);
    }

    /// The one in the middle; their number is odd.
    pub(super) fn median(&self) -> f64 {
        self.ascending.get(self.ascending.len() / 2).copied().unwrap_or(f64::NAN)
    }

    /// How many runs.
    pub(super) fn len(&self) -> usize {
        self.ascending.len()
    }
}

/// Runs one side or both in turn, more often where runs are short. Both have been warmed up.
pub(super) fn alternate(
    ours: &mut dyn FnMut() -> Result<Run, Failure>,
    theirs: &mut dyn FnMut() -> Result<Option<Run>, Failure>,
) -> Result<(Times, Times), Failure> {
    let (mut of_ours, mut of_theirs) = (Times::default(), Times::default());
    let mut n_runs = N_RUNS;
    while of_ours.len() < n_runs {
        of_ours.add(&ours()?);
        if let Some(run) = theirs()? {
            of_theirs.add(&run);
        }
        if of_ours.len() == N_RUNS && (of_ours.median() < SHORT || of_theirs.median() < SHORT) {
            n_runs = N_RUNS_OF_SHORT;
        }
    }
    Ok((of_ours, of_theirs))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(seconds: f64) -> impl FnMut() -> Result<Run, Failure> {
        let mut nth = 0.0;
        move || {
            nth += 1.0;
            Ok(Run { seconds: seconds + nth % 3.0, ..Run::default() })
        }
    }

    #[test]
    fn the_median_is_of_five_or_of_twenty_one() {
        let (ours, theirs) = alternate(&mut runs(1.0), &mut || runs(3.0)().map(Some)).unwrap();
        assert_eq!((ours.len(), ours.median()), (5, 2.0));
        assert_eq!((theirs.len(), theirs.median()), (5, 4.0));
        let (ours, theirs) = alternate(&mut runs(-1.0), &mut || Ok(None)).unwrap();
        assert_eq!((ours.len(), theirs.len()), (21, 0));
    }
}
