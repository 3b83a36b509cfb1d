//! What leads from a node to each community near it.

/// Weights by label, and which labels have any.
pub(super) struct Near {
    pub(super) weights: Vec<f64>,
    pub(super) labels: Vec<u32>,
}

impl Near {
    pub(super) fn new(n_labels: usize) -> Self {
        Self { weights: vec![0.0; n_labels], labels: Vec::new() }
    }

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
