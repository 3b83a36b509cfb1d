//! Ctrl-C and termination: the job is dropped, what it left unfinished is removed, and the store is as it was.
//!
//! Who cannot wait for that interrupts again; the next import sweeps then.

use suasion_store::Store;

use super::INTERRUPTED;
use super::output::Output;
use crate::pipeline::Stop;

/// Works on the store until done or interrupted.
pub(super) async fn unless_interrupted<F>(store: &Store, output: Output, job: F) -> Result<u8, Stop>
where
    F: Future<Output = Result<u8, Stop>>,
{
    tokio::select! {
        done = job => return done,
        () = interrupted() => {}
    }
    tokio::select! {
        swept = store.sweep_unfinished() => drop(swept?),
        () = interrupted() => return Ok(INTERRUPTED),
    }
    output.note("interrupted: the evidence is as it was before, or whole where an import had ended")?;
    Ok(INTERRUPTED)
}

#[cfg(unix)]
async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminated) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        heard = tokio::signal::ctrl_c() => if heard.is_err() { std::future::pending::<()>().await },
        _ = terminated.recv() => {}
    }
}

#[cfg(not(unix))]
async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
