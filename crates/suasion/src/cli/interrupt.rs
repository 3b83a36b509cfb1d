//! Ctrl-C and termination: the job is dropped, what it left unfinished is removed, and the store is as it was.
//!
//! Who cannot wait for that interrupts again; the next import sweeps then.

use suasion_store::Store;

use super::INTERRUPTED;
#[cfg(unix)]
use super::TERMINATED;
use super::output::Output;
use crate::pipeline::Stop;

/// Works on the store until done or interrupted.
pub(super) async fn unless_interrupted<F>(store: &Store, output: Output, job: F) -> Result<u8, Stop>
where
    F: Future<Output = Result<u8, Stop>>,
{
    let status = tokio::select! {
        done = job => return done,
        status = interrupted() => status,
    };
    tokio::select! {
        swept = store.sweep_unfinished() => drop(swept?),
        again = interrupted() => return Ok(again),
    }
    output.note("interrupted: the evidence is as it was before, or whole where an import had ended")?;
    Ok(status)
}

/// Waits for a signal; the exit status that says which.
#[cfg(unix)]
async fn interrupted() -> u8 {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminated) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        heard = tokio::signal::ctrl_c() => match heard {
            Ok(()) => INTERRUPTED,
            Err(_) => std::future::pending().await,
        },
        _ = terminated.recv() => TERMINATED,
    }
}

/// Waits for a signal; the exit status that says which.
#[cfg(not(unix))]
async fn interrupted() -> u8 {
    match tokio::signal::ctrl_c().await {
        Ok(()) => INTERRUPTED,
        Err(_) => std::future::pending().await,
    }
}
