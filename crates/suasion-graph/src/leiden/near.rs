//! What leads from a node to each community near it.

use std::sync::{Mutex, PoisonError};

/// Weights by label, and which labels have any.
pub(super) struct Near {
    pub(super) weights: Vec<f64>,
    pub(super) labels: Vec<u32>,
}

impl Near {
    pub(super) fn add(&mut self, label: u32, weight: f64) {
        let slot = &mut self.weights[label as usize];
        if *slot == 0.0 {
            self.labels.push(label);
        }
        *slot += weight;
    }

    pub(super) fn clear(&mut self) {
        for label in self.labels.drain(..) {
            self.weights[label as usize] = 0.0;
        }
    }
}

/// What threads take to add up weights, and give back clear.
#[derive(Default)]
pub(super) struct Idle(Mutex<Vec<Near>>);

impl Idle {
    pub(super) fn with<T>(&self, n_labels: usize, work: impl FnOnce(&mut Near) -> T) -> T {
        let idle = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = idle().pop();
        let mut near = taken.unwrap_or_else(|| Near { weights: vec![0.0; n_labels], labels: Vec::new() });
        let done = work(&mut near);
        idle().push(near);
        done
    }
}
