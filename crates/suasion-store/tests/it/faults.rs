//! Kills, damage, and machines that refuse.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use suasion_store::{Error, IngestError, Ingested};

use crate::support::{Workspace, observations};

/// Polls a future so many times, giving other tasks their turn in between, and drops it.
async fn polled<F: Future>(future: F, times: usize) -> Option<F::Output> {
    let mut future = pin!(future);
    for _ in 0..times {
        let mut context = Context::from_waker(Waker::noop());
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Some(output);
        }
        tokio::task::yield_now().await;
    }
    None
}

#[tokio::test]
async fn an_import_dropped_anywhere_is_there_or_leaves_nothing() {
    let (mut dropped, mut done) = (0, 0);
    for times in 0..200_usize {
        let workspace = Workspace::new();
        workspace.write("x.csv", "u,p,v\nA,2011,1\n");
        workspace.new_receipt(&observations("x", "x.csv")).await;
        let before = workspace.files();
        workspace.write("x.csv", "u,p,v\nA,2011,2\n,2011,2\n");
        let store = workspace.store().await;
        let finished = polled(store.ingest(&observations("x", "x.csv"), &|_| {}), times).await;
        store.sweep_unfinished().await.expect("swept");
        let receipts = store.receipts().await.expect("read");
        let value = workspace.json("select value from observations").await;
        if receipts[0].rows_read == 1 {
            assert!(finished.is_none());
            assert_eq!(workspace.files(), before, "as it was, after {times} polls");
            assert_eq!(value, r#"[{"value":1.0}]"#);
            dropped += 1;
        } else {
            assert_eq!(value, r#"[{"value":2.0}]"#, "whole, after {times} polls");
            done += 1;
        }
        let retried = workspace.ingest(&observations("x", "x.csv")).await.expect("the retry succeeds");
        assert_eq!(retried.receipt().rows_kept, 1);
        assert_eq!(workspace.json("select value from observations").await, r#"[{"value":2.0}]"#);
        if finished.is_some() {
            break;
        }
    }
    assert!(dropped > 0 && done > 0, "both were seen: {dropped} dropped, {done} done");
}

#[tokio::test]
async fn what_a_killed_process_left_is_swept_by_the_next_import() {
    let workspace = Workspace::new();
    workspace.write("x.csv", "u,p,v\nA,2011,1\n");
    workspace.new_receipt(&observations("x", "x.csv")).await;
    let stray = [
        ".suasion/tables/observations/part-9.parquet",
        ".suasion/tables/observations/part-8.parquet.unfinished",
    ];
    for path in stray {
        workspace.write(path, "half");
    }
    workspace.write("x.csv", "u,p,v\nA,2011,2\n");
    workspace.new_receipt(&observations("x", "x.csv")).await;
    assert!(stray.iter().all(|path| !workspace.path(path).exists()));
    assert_eq!(workspace.json("select value from observations").await, r#"[{"value":2.0}]"#);
}

#[tokio::test]
async fn a_damaged_log_is_an_error_and_nothing_is_changed() {
    let workspace = Workspace::new();
    for value in [1, 2] {
        workspace.write("x.csv", format!("u,p,v\nA,2011,{value}\n"));
        workspace.new_receipt(&observations("x", "x.csv")).await;
    }
    workspace.write(".suasion/tables/observations/_delta_log/00000000000000000001.json", "{\"commitInfo\":");
    workspace.write(".suasion/tables/observations/part-9.parquet", "stray");
    let before = workspace.files();
    workspace.write("x.csv", "u,p,v\nA,2011,3\n");
    let error = workspace.ingest(&observations("x", "x.csv")).await.expect_err("damaged");
    assert!(matches!(error, IngestError::Failure(Error::DamagedLog { .. })), "{error:?}");
    let store = workspace.store().await;
    store.sql("select 1").await.expect_err("damaged");
    store.receipts().await.expect_err("damaged");
    store.sweep_unfinished().await.expect_err("damaged");
    assert_eq!(workspace.files(), before);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_a_clear_error() {
    let workspace = Workspace::new();
    workspace.write("x.csv", "u,p,v\nA,2011,1\n");
    // A folder where the lock should be: permissions do not stop root, who runs the tests in containers.
    std::fs::create_dir_all(workspace.path(".suasion/lock")).expect("made");
    workspace.write(".suasion/lock/mine", "in the way");
    let error = workspace.ingest(&observations("x", "x.csv")).await.expect_err("refused");
    assert!(matches!(error, IngestError::Failure(Error::Read { .. } | Error::Write { .. })), "{error:?}");
    assert!(error.to_string().contains(".suasion") && error.to_string().contains("check that"), "{error}");
    assert_eq!(std::fs::read(workspace.path(".suasion/lock/mine")).expect("still there"), b"in the way");
}

#[tokio::test]
async fn a_table_that_cannot_be_written_leaves_nothing_of_the_import() {
    let workspace = Workspace::new();
    workspace.write("x.csv", "u,p,v\nA,2011,1\n,2011,1\n");
    std::fs::create_dir_all(workspace.path(".suasion/tables")).expect("made");
    workspace.write(".suasion/tables/observations", "in the way");
    workspace.ingest(&observations("x", "x.csv")).await.expect_err("refused");
    assert_eq!(workspace.files().len(), 1, "only what was in the way");
}

#[tokio::test]
async fn two_importers_at_once_both_come_in() {
    let workspace = Workspace::new();
    workspace.write("x.csv", "u,p,v\nA,2011,1\n");
    workspace.write("y.csv", "u,p,v\nA,2011,2\n");
    let (x, y) = (observations("x", "x.csv"), observations("y", "y.csv"));
    let (first, second, same) =
        tokio::join!(workspace.ingest(&x), workspace.ingest(&y), workspace.ingest(&x));
    second.expect("imported");
    let both = [first.expect("imported"), same.expect("imported")];
    assert_eq!(both.iter().filter(|one| matches!(one, Ingested::New(_))).count(), 1);
    let said = workspace.json("select dataset, value from observations order by 1").await;
    assert_eq!(said, r#"[{"dataset":"x","value":1.0},{"dataset":"y","value":2.0}]"#);
}

#[tokio::test]
async fn sweeping_does_not_wait_for_another_process_nor_touch_its_files() {
    let workspace = Workspace::new();
    workspace.write("x.csv", "u,p,v\nA,2011,1\n");
    workspace.new_receipt(&observations("x", "x.csv")).await;
    let theirs = ".suasion/tables/observations/part-9.parquet.unfinished";
    workspace.write(theirs, "half");
    let lock = std::fs::File::open(workspace.path(".suasion/lock")).expect("there");
    lock.lock().expect("free");
    let store = workspace.store().await;
    assert!(store.sweep_unfinished().await.expect("nothing to wait for").is_empty());
    assert!(workspace.path(theirs).exists());
    drop(lock);
    assert_eq!(store.sweep_unfinished().await.expect("swept").len(), 1);
    assert!(!workspace.path(theirs).exists());
}

#[tokio::test]
async fn a_file_where_the_store_should_be_is_named() {
    let workspace = Workspace::new();
    workspace.write(".suasion", "mine");
    let refused = suasion_store::Store::open(&workspace.path("")).await;
    assert!(matches!(refused, Err(Error::NotAFolder { .. })), "{refused:?}");
}
