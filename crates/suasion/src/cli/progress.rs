//! A progress line on standard error for what takes longer than a second; none where that is no terminal.

use std::time::Duration;

use indicatif::{HumanBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};
use suasion_model::number::count;
use suasion_store::Progress;

use super::output::Output;

/// What is quicker than this needs no line.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line that appears when patience is at an end, and goes when it is dropped.
pub(super) struct ProgressLine {
    bar: ProgressBar,
    appears: tokio::task::JoinHandle<()>,
}

impl ProgressLine {
    /// A line for so many steps.
    pub(super) fn new(steps: usize, output: Output) -> Self {
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {pos}/{len} {wide_msg}") {
            bar.set_style(style);
        }
        let later = bar.clone();
        let quiet = output.is_quiet();
        let appears = tokio::spawn(async move {
            tokio::time::sleep(PATIENCE).await;
            if !quiet {
                later.set_draw_target(ProgressDrawTarget::stderr());
                later.enable_steady_tick(Duration::from_millis(120));
            }
        });
        Self { bar, appears }
    }

    /// Says what is going on.
    pub(super) fn says(&self, text: String) {
        self.bar.set_message(text);
    }

    /// Says what an import is doing.
    pub(super) fn import(&self, dataset: &str, step: &Progress) {
        self.says(match step {
            Progress::Reading { bytes } => format!("{dataset}: reading {}", HumanBytes(*bytes)),
            Progress::Waiting => format!("{dataset}: waiting for another import to end"),
            Progress::Writing { rows } => format!("{dataset}: writing {} rows", count(*rows)),
        });
    }

    /// One step is done.
    pub(super) fn step(&self) {
        self.bar.inc(1);
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        self.appears.abort();
        self.bar.finish_and_clear();
    }
}
