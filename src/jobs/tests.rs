//! What is done on threads, by the caller and elsewhere.

#![expect(clippy::disallowed_methods, reason = "threads are looked at here")]

use super::*;
use std::sync::atomic::{AtomicUsize, Ordering};

fn threads() -> Workers {
    Workers::Threads(Arc::new(|| ()))
}

fn all<T: Send + 'static>(mut job: Job<T>) -> Vec<T> {
    let mut items = Vec::new();
    while !job.is_over() {
        items.extend(job.poll(Duration::ZERO));
        std::thread::yield_now();
    }
    items
}

#[test]
fn whoever_waits_is_prepared_when_the_work_goes_on() {
    let (told, heard) = sync_channel(2);
    let later = told.clone();
    watch(
        "test",
        move || told.send("prepared"),
        move |sent| later.send(sent.map_or("alone", |()| "waits")).unwrap(),
    );
    assert_eq!(heard.try_recv(), Ok("prepared"));
    assert_eq!(heard.recv(), Ok("waits"));
}

#[test]
fn a_thread_and_the_caller_give_the_same_items() {
    let inline = Job::start("test", &Workers::Caller, 0..50);
    assert_eq!(all(Job::start("test", &threads(), 0..50)), all(inline));
}

#[test]
fn whoever_waits_for_the_end_has_all_that_was_left() {
    for workers in [threads(), Workers::Caller] {
        let mut job = Job::start("test", &workers, 0..50);
        let mut items = job.poll(Duration::ZERO);
        items.extend(job.finish());
        assert!(items.into_iter().eq(0..50));
    }
}

#[test]
fn the_caller_does_one_slice_at_the_least_and_as_many_as_the_budget_allows() {
    let mut job = Job::start("test", &Workers::Caller, 0..5);
    assert_eq!(job.poll(Duration::ZERO), [0]);
    assert_eq!(job.poll(Duration::ZERO), [1]);
    assert!(!job.is_over());
    assert_eq!(job.poll(Duration::from_hours(1)), [2, 3, 4]);
    assert!(job.is_over());
    assert_eq!(job.poll(Duration::from_hours(1)), [0; 0]);
}

#[test]
fn a_pool_has_the_threads_that_were_asked_for_and_that_of_jobs_leaves_one_core() {
    for n_threads in [1, 2, 5] {
        assert_eq!(
            with_threads(n_threads, rayon::current_num_threads),
            n_threads
        );
    }
    let task = std::iter::once_with(rayon::current_num_threads);
    let seen = all(Job::start("test", &threads(), task));
    assert_eq!(seen, [(cores() - 1).max(1)]);
}

#[test]
fn a_long_slice_apart_holds_up_no_other_job() {
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let (begun, begins) = std::sync::mpsc::channel();
    let wait = Mutex::new(wait);
    // As many long pieces as there are threads: no one of them is free.
    let pieces = move |_: rayon::BroadcastContext<'_>| {
        begun.send(()).expect("somebody listens");
        let ended = wait.lock().expect("nobody panics").recv();
        assert!(ended.is_err(), "nothing is sent but the end");
    };
    let long = std::iter::once_with(move || rayon::broadcast(pieces).len());
    let long = Job::start_apart("long", &threads(), long);
    begins.recv().expect("it begins");
    let seen = all(Job::start("short", &threads(), 0..3));
    assert_eq!(seen, [0, 1, 2]);
    drop(go);
    assert_eq!(all(long), [(cores() - 1).max(1)]);
}

#[test]
fn what_is_discarded_is_dropped_beside_the_caller_where_there_are_threads() {
    struct Tells(std::sync::mpsc::Sender<std::thread::ThreadId>);
    impl Drop for Tells {
        fn drop(&mut self) {
            let sent = self.0.send(std::thread::current().id());
            sent.expect("somebody listens");
        }
    }
    let (sender, receiver) = std::sync::mpsc::channel();
    let here = std::thread::current().id();
    threads().discard(Tells(sender.clone()));
    assert_ne!(receiver.recv().unwrap(), here);
    Workers::Caller.discard(Tells(sender));
    assert_eq!(receiver.recv().unwrap(), here);
}

#[test]
fn dropping_a_job_ends_its_task() {
    let made = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&made);
    let task = (0..1_000_000).inspect(move |_| {
        count.fetch_add(1, Ordering::Relaxed);
    });
    drop(Job::start("test", &threads(), task));
    while Arc::strong_count(&made) > 1 {
        std::thread::yield_now();
    }
    assert!(made.load(Ordering::Relaxed) <= WAITING + 2);
}
