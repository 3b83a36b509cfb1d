//! One writer at a time: a lock that the operating system holds, and lets go when its holder dies.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use crate::error::Error;

/// How long a waiting writer lets the other go on before it asks again.
pub(crate) const PATIENCE: std::time::Duration = std::time::Duration::from_millis(50);

/// The right to write, for as long as it lives.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// Takes the lock; where another process has it, calls `waiting` once and waits. Dropping the future gives up.
pub(crate) async fn take(folder: &Path, waiting: impl FnOnce()) -> Result<Lock, Error> {
    let path = folder.join("lock");
    let failed = |source| Error::Write { path: path.clone(), source };
    let file = open(folder).map_err(failed)?;
    let mut waiting = Some(waiting);
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Lock { _file: file }),
            Err(TryLockError::Error(source)) => return Err(failed(source)),
            Err(TryLockError::WouldBlock) => {
                if let Some(waiting) = waiting.take() {
                    waiting();
                }
                tokio::time::sleep(PATIENCE).await;
            }
        }
    }
}

/// Takes the lock if nobody has it.
pub(crate) fn take_if_free(folder: &Path) -> Result<Option<Lock>, Error> {
    let path = folder.join("lock");
    let failed = |source| Error::Write { path: path.clone(), source };
    let file = open(folder).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock { _file: file })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

fn open(folder: &Path) -> std::io::Result<File> {
    fs::create_dir_all(folder)?;
    File::options().create(true).truncate(false).write(true).open(folder.join("lock"))
}

#[cfg(test)]
mod tests {
    use super::{take, take_if_free};
    use std::cell::Cell;

    #[tokio::test]
    async fn the_second_waits_until_the_first_is_done() {
        let folder = tempfile::tempdir().expect("a folder");
        let told = Cell::new(0);
        let first = take(folder.path(), || told.set(told.get() + 100)).await.expect("free");
        let second = take(folder.path(), || told.set(told.get() + 1));
        tokio::pin!(second);
        assert!(futures::poll!(&mut second).is_pending(), "it waits");
        assert_eq!(told.get(), 1, "and says so, once");
        assert!(take_if_free(folder.path()).expect("asked").is_none(), "who will not wait goes without");
        drop(first);
        second.await.expect("free again");
        assert_eq!(told.get(), 1);
    }
}
