//! Room that is taken, so that no label is set where another stands.

use super::Canvas;
use super::label::{line_height, text_width};

/// Rectangles that are taken within a picture.
pub(super) struct Boxes {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    taken: Vec<[f64; 4]>,
}

impl Boxes {
    /// Nothing is taken of what lies between these edges.
    pub(super) fn new(left: f64, right: f64, top: f64, bottom: f64) -> Self {
        Self { left, right, top, bottom, taken: Vec::new() }
    }

    /// Takes a rectangle.
    pub(super) fn take(&mut self, x: f64, y: f64, width: f64, height: f64) {
        self.taken.push([x, y, x + width, y + height]);
    }

    /// Takes a rectangle if it is free, and within the edges.
    pub(super) fn try_take(&mut self, x: f64, y: f64, width: f64, height: f64) -> bool {
        let (right, bottom) = (x + width, y + height);
        let is_within = x >= self.left && right <= self.right && y >= self.top && bottom <= self.bottom;
        let meets = |other: &[f64; 4]| x < other[2] && other[0] < right && y < other[3] && other[1] < bottom;
        let is_free = is_within && !self.taken.iter().any(meets);
        if is_free {
            self.take(x, y, width, height);
        }
        is_free
    }

    /// Sets one line beside a point, at a distance: to the right, the left, above or below, where there is room. Where it
    /// begins, its base line, and its anchor.
    pub(super) fn label(
        &mut self,
        canvas: Canvas,
        text: &str,
        x: f64,
        y: f64,
        distance: f64,
    ) -> Option<(f64, f64, &'static str)> {
        let (width, height) = (text_width(canvas, text), line_height(canvas));
        let base = canvas.font * 0.35;
        let half = height / 2.0;
        let lower = distance + half;
        [
            (x + distance, y - half, x + distance, y + base, "start"),
            (x - distance - width, y - half, x - distance, y + base, "end"),
            (x - width / 2.0, y - lower - half, x, y - lower + base, "middle"),
            (x - width / 2.0, y + lower - half, x, y + lower + base, "middle"),
        ]
        .into_iter()
        .find(|(left, top, ..)| self.try_take(*left, *top, width, height))
        .map(|(_, _, x, y, anchor)| (x, y, anchor))
    }
}
