//! Long work, off the window's thread: the only file that starts a thread or reads a clock.
//!
//! A task is an iterator: every item is progress or a result, and dropping the job cancels it at the next item.
//! The same iterator can be pulled a slice at a time on the caller's thread, where there are no threads to be had
//! (a web page, a system out of them) or where a test wants to see every step.
//!
//! What is done in pieces, by rayon's parallel iterators, goes to the pool that it is called from: that of all jobs, which
//! leaves a core to the window, that of [`with_threads`], or else rayon's own of all cores. Absent: what the work is about.

#![expect(clippy::disallowed_methods, reason = "threads and the clock live here")]

use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

/// Called from a job's thread whenever it has something to say, so that a sleeping window looks.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Items that wait for the window before the task pauses.
const WAITING: usize = 4;

/// Work in progress that yields items of type `T`; dropping it cancels it.
pub struct Job<T> {
    source: Runner<T>,
}

enum Runner<T> {
    Thread(Receiver<T>),
    Inline(Box<dyn Iterator<Item = T> + Send>),
}

/// What a job has to say.
#[derive(Debug, PartialEq, Eq)]
pub enum News<T> {
    /// The next item.
    Item(T),
    /// Nothing yet.
    Nothing,
    /// The task has come to its end.
    Over,
}

impl<T: Send + 'static> Job<T> {
    /// Runs `task` on a thread called `name`; on the caller's, a slice a poll, if the system has none left.
    pub fn start(name: &str, wake: Wake, task: impl Iterator<Item = T> + Send + 'static) -> Self {
        let (sender, receiver) = sync_channel(WAITING);
        let slot = Arc::new(Mutex::new(Some(task)));
        let mine = Arc::clone(&slot);
        let run = move || {
            let task = mine.lock().ok().and_then(|mut slot| slot.take());
            let mut task = task.into_iter().flatten();
            while let Some(item) = beside_the_window(|| task.next()) {
                if sender.send(item).is_err() {
                    return; // The job was dropped.
                }
                wake();
            }
            drop(sender);
            wake();
        };
        let spawned = std::thread::Builder::new().name(name.to_owned()).spawn(run);
        let source = if spawned.is_ok() {
            Runner::Thread(receiver)
        } else {
            let task = slot.lock().ok().and_then(|mut slot| slot.take());
            Runner::Inline(Box::new(task.into_iter().flatten()))
        };
        Self { source }
    }

    /// The next item, without waiting for a thread.
    pub fn poll(&mut self) -> News<T> {
        match &mut self.source {
            Runner::Thread(receiver) => match receiver.try_recv() {
                Ok(item) => News::Item(item),
                Err(TryRecvError::Empty) => News::Nothing,
                Err(TryRecvError::Disconnected) => News::Over,
            },
            Runner::Inline(task) => task.next().map_or(News::Over, News::Item),
        }
    }
}

/// Does `work` on every piece, on `n_threads` threads at once, one of them the caller's, and waits for the last.
///
/// Pieces go to whoever is free: what becomes of one must not depend on another.
pub fn in_parallel<T: Send>(
    n_threads: usize,
    pieces: impl IntoIterator<Item = T>,
    work: impl Fn(T) + Sync,
) {
    let queue = Mutex::new(pieces.into_iter().collect::<Vec<T>>().into_iter());
    let next = || {
        let mut queue = queue.lock().ok()?;
        queue.next()
    };
    let run = || {
        while let Some(piece) = next() {
            work(piece);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..n_threads {
            // A system out of threads leaves more to the others.
            drop(std::thread::Builder::new().spawn_scoped(scope, run));
        }
        run();
    });
}

/// Runs `work` in a pool of `n_threads` threads: rayon's parallel iterators in it share them. On the caller's thread, if
/// the system has none left.
pub fn with_threads<R: Send>(n_threads: usize, work: impl FnOnce() -> R + Send) -> R {
    match pool(n_threads) {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

/// Runs `work` in the pool that all jobs share, which leaves a core to the window where there are two.
fn beside_the_window<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    static POOL: OnceLock<Option<ThreadPool>> = OnceLock::new();
    match POOL.get_or_init(|| pool((cores() - 1).max(1))) {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

fn pool(n_threads: usize) -> Option<ThreadPool> {
    let named = |thread| format!("pool {thread}");
    let pool = ThreadPoolBuilder::new().thread_name(named);
    pool.num_threads(n_threads).build().ok()
}

/// How many threads the machine runs at once.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Time that all threads of this program have computed so far; `None` where the system does not tell.
pub fn processor_time() -> Option<Duration> {
    #[cfg(unix)]
    {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        Duration::try_from(time).ok()
    }
    #[cfg(not(unix))]
    None
}

/// Time since it was made.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(web_time::Instant);

impl Stopwatch {
    /// Starts to count.
    pub fn start() -> Self {
        Self(web_time::Instant::now())
    }

    /// Time since then.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn all<T: Send + 'static>(mut job: Job<T>) -> Vec<T> {
        let mut items = Vec::new();
        loop {
            match job.poll() {
                News::Item(item) => items.push(item),
                News::Nothing => std::thread::yield_now(),
                News::Over => return items,
            }
        }
    }

    #[test]
    fn a_thread_and_the_caller_give_the_same_items() {
        let inline = Job {
            source: Runner::Inline(Box::new(0..20)),
        };
        assert_eq!(all(Job::start("test", Arc::new(|| ()), 0..20)), all(inline));
    }

    #[test]
    fn every_piece_is_done_once_on_any_number_of_threads() {
        for n_threads in [1, 2, 5] {
            let mut squares = vec![0; 100];
            in_parallel(
                n_threads,
                squares.chunks_mut(7).enumerate(),
                |(piece, squares)| {
                    for (n, square) in (7 * piece..).zip(squares) {
                        *square += n * n;
                    }
                },
            );
            assert!((0..100).all(|n| squares[n] == n * n));
        }
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
        let seen = all(Job::start("test", Arc::new(|| ()), task));
        assert_eq!(seen, [(cores() - 1).max(1)]);
    }

    #[test]
    fn dropping_a_job_ends_its_task() {
        let made = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&made);
        let task = (0..1_000_000).inspect(move |_| {
            count.fetch_add(1, Ordering::Relaxed);
        });
        drop(Job::start("test", Arc::new(|| ()), task));
        while Arc::strong_count(&made) > 1 {
            std::thread::yield_now();
        }
        assert!(made.load(Ordering::Relaxed) <= WAITING + 2);
    }
}
