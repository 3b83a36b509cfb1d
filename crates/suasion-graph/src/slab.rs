//! A column of numbers, held in memory or lying in a mapped file; kernels see a slice either way.

use std::fs::File;
use std::ops::{Deref, Range};
use std::sync::Arc;

use memmap2::Mmap;

/// A column of numbers.
#[derive(Debug, Clone)]
pub(crate) enum Slab<T: 'static> {
    /// In memory.
    Owned(Vec<T>),
    /// In a file.
    Mapped {
        /// Never handed out for longer than `file` is held.
        view: &'static [T],
        #[expect(dead_code, reason = "held for the view")]
        file: Arc<Mmap>,
    },
}

/// Numbers for which any bytes are a value.
pub(crate) trait Number: Copy + 'static {}

impl Number for u32 {}
impl Number for usize {}
impl Number for f64 {}

impl<T> Deref for Slab<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::Owned(values) => values,
            Self::Mapped { view, .. } => view,
        }
    }
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Self::Owned(Vec::new())
    }
}

impl<T> From<Vec<T>> for Slab<T> {
    fn from(values: Vec<T>) -> Self {
        Self::Owned(values)
    }
}

impl<T: PartialEq> PartialEq for Slab<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T> Slab<T> {
    /// Whether the values lie in a file.
    pub(crate) fn is_mapped(&self) -> bool {
        matches!(self, Self::Mapped { .. })
    }
}

impl<T: Clone> Slab<T> {
    /// The values in memory, copied if they lie in a file.
    pub(crate) fn into_vec(self) -> Vec<T> {
        match self {
            Self::Owned(values) => values,
            Self::Mapped { view, .. } => view.to_vec(),
        }
    }
}

/// Maps a file to be read.
#[expect(unsafe_code, reason = "a graph larger than memory can only be mapped")]
pub(crate) fn map(file: &File) -> std::io::Result<Arc<Mmap>> {
    // SAFETY: the mapping is read only. Numbers of any bytes are values, and kernels check every index as they do in
    // memory, so that bytes which another process changes give wrong figures or a panic. The compiler may also assume
    // that they do not change; hence the documentation of `Graph::map` asks that nobody write to the file. A file that
    // is cut short under us ends the process (SIGBUS).
    let mapping = unsafe { Mmap::map(file) }?;
    Ok(Arc::new(mapping))
}

impl<T: Number> Slab<T> {
    /// The numbers in these bytes of a mapped file; `None` unless they are whole, aligned and there.
    #[expect(unsafe_code, reason = "bytes are seen as numbers, and held as long as they are")]
    pub(crate) fn of_bytes(file: &Arc<Mmap>, bytes: Range<usize>) -> Option<Self> {
        let bytes = file.get(bytes)?;
        if !bytes.len().is_multiple_of(size_of::<T>()) || !bytes.as_ptr().cast::<T>().is_aligned() {
            return None;
        }
        // SAFETY: the bytes are mapped, aligned and a whole number of values, and any bytes are a value of a `Number`.
        // They stay where they are as long as the mapping, which is held beside the view; the view is private and
        // `deref` shortens its life to that of the slab.
        let view =
            unsafe { std::slice::from_raw_parts(bytes.as_ptr().cast::<T>(), bytes.len() / size_of::<T>()) };
        Some(Self::Mapped { view, file: Arc::clone(file) })
    }
}
