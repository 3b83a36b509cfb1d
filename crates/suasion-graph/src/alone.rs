//! Jobs that each run on one thread, side by side: where there are many of them, that wastes less than running one after the
//! other on all.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

/// Does each of these jobs on one thread by itself, as many at a time as there are threads; results in order.
pub(crate) fn each_alone<T: Send>(n_jobs: usize, job: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let n_threads = rayon::current_num_threads().min(n_jobs.max(1));
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(n_jobs));
    let take_all = || {
        loop {
            let at = next.fetch_add(1, Relaxed);
            if at >= n_jobs {
                return;
            }
            let result = job(at);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((at, result));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(|| {
                // Where no pool of its own can be had, the job runs on all threads, to the same result.
                match rayon::ThreadPoolBuilder::new().num_threads(1).build() {
                    Ok(pool) => pool.install(take_all),
                    Err(_) => take_all(),
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}
