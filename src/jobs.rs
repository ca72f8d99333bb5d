//! Long work, off the window's thread: the only room that starts a thread or reads a clock.
//!
//! A task is an iterator of short slices: every item is progress or a result, and dropping the job cancels it at the
//! next one. The same iterator can be pulled on the caller's thread, as long as its budget lasts, where there are no
//! threads to be had (a web page, a system out of them) or where a test wants to see every slice.
//!
//! What is done in pieces, by rayon's parallel iterators, goes to the pool that it is called from: that of all jobs or that
//! of jobs [apart](Job::start_apart), each of which leaves a core to the window, that of [`with_threads`], or else rayon's
//! own of all cores. Absent: what the work is about.

#![expect(clippy::disallowed_methods, reason = "threads and the clock live here")]

mod errands;
mod pools;

use errands::Errands;
pub use errands::{Elsewhere, ErrandNews, Sent};
pub use pools::with_threads;
use pools::{APART, SHARED, SharedPool};
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Called from a job's thread whenever it has something to say, so that a sleeping window looks.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Items that wait to be taken before the task pauses.
const WAITING: usize = 16;

/// Who does the work of jobs.
#[derive(Clone)]
pub enum Workers {
    /// A thread for each job, which calls the function whenever it has something to say.
    Threads(Wake),
    /// Whoever polls it, slice by slice: where a test wants to see every slice.
    Caller,
    /// The same on a page, which has no threads: the function has it polled again. Work that can be told as text is done
    /// by the page's workers.
    Page(Wake, Elsewhere),
}

impl Workers {
    /// Who does errands, where somebody does.
    pub fn elsewhere(&self) -> Option<&Elsewhere> {
        match self {
            Self::Page(_, elsewhere) => Some(elsewhere),
            Self::Threads(_) | Self::Caller => None,
        }
    }

    /// Drops `what` beside the caller: giving much memory back to the system takes milliseconds.
    pub fn discard(&self, what: impl Send + 'static) {
        drop(Job::start(
            "discarding",
            self,
            std::iter::once_with(move || drop(what)),
        ));
    }
}

/// Work in progress that yields items of type `T`; dropping it cancels it.
pub struct Job<T> {
    task: Task<T>,
    over: bool,
}

enum Task<T> {
    Thread(Receiver<T>),
    /// Done by whoever polls, who is woken to come again where it should have been a thread's work.
    Inline(Box<dyn Iterator<Item = T> + Send>, Option<Wake>),
    Elsewhere(Errands<T>),
}

impl<T: Send + 'static> Job<T> {
    /// Runs `task`, whose items are slices of a few milliseconds each; a thread for it is called `name`.
    ///
    /// Where the system has no thread left, the caller does the work.
    pub fn start(
        name: &str,
        workers: &Workers,
        task: impl Iterator<Item = T> + Send + 'static,
    ) -> Self {
        Self::start_in(&SHARED, (name, workers), task)
    }

    /// The same for a task whose slices may take seconds: in a pool of such tasks, so that no other job waits for them.
    pub fn start_apart(
        name: &str,
        workers: &Workers,
        task: impl Iterator<Item = T> + Send + 'static,
    ) -> Self {
        Self::start_in(&APART, (name, workers), task)
    }

    /// Sends `errands`, no more than there are hands; `read` makes items of the lines that come of each, by its index.
    /// Dropping the job ends them.
    pub fn send(
        elsewhere: &Elsewhere,
        errands: Vec<String>,
        read: impl FnMut(usize, &str) -> Option<T> + Send + 'static,
    ) -> Self {
        let errands = Errands::send(elsewhere, errands, read);
        Self {
            task: Task::Elsewhere(errands),
            over: false,
        }
    }

    fn start_in(
        pool: &'static SharedPool,
        (name, workers): (&str, &Workers),
        task: impl Iterator<Item = T> + Send + 'static,
    ) -> Self {
        let task = match workers {
            Workers::Threads(wake) => on_a_thread(pool, (name, Arc::clone(wake)), task),
            Workers::Caller => Task::Inline(Box::new(task), None),
            Workers::Page(wake, _) => {
                wake();
                Task::Inline(Box::new(task), Some(Arc::clone(wake)))
            }
        };
        Self { task, over: false }
    }

    /// What there is by now, in order, without waiting: from a thread, what it has sent; otherwise as many slices as fit
    /// into `budget`, one at the least.
    pub fn poll(&mut self, budget: Duration) -> Vec<T> {
        let mut items = Vec::new();
        match &mut self.task {
            // No more than can wait: what comes meanwhile wakes the window again.
            Task::Thread(receiver) => {
                while items.len() < WAITING && !self.over {
                    match receiver.try_recv() {
                        Ok(item) => items.push(item),
                        Err(TryRecvError::Empty) => break,
                        Err(TryRecvError::Disconnected) => self.over = true,
                    }
                }
            }
            Task::Inline(task, wake) => {
                let clock = Stopwatch::start();
                while !self.over && (items.is_empty() || clock.elapsed() < budget) {
                    match task.next() {
                        Some(item) => items.push(item),
                        None => self.over = true,
                    }
                }
                if let Some(wake) = wake {
                    wake();
                }
            }
            Task::Elsewhere(errands) => (items, self.over) = errands.poll(WAITING),
        }
        items
    }

    /// Waits for the end of the task; all that was not taken yet, in order.
    pub fn finish(self) -> Vec<T> {
        match self.task {
            Task::Thread(receiver) => receiver.iter().collect(),
            Task::Inline(task, _) => task.collect(),
            Task::Elsewhere(errands) => errands.finish(),
        }
    }

    /// Whether the task has come to its end, and all it had to say was taken.
    pub fn is_over(&self) -> bool {
        self.over
    }
}

fn on_a_thread<T: Send + 'static>(
    pool: &'static SharedPool,
    (name, wake): (&str, Wake),
    task: impl Iterator<Item = T> + Send + 'static,
) -> Task<T> {
    let (sender, receiver) = sync_channel(WAITING);
    let slot = Arc::new(Mutex::new(Some(task)));
    let (mine, anybody) = (Arc::clone(&slot), Arc::clone(&wake));
    let run = move || {
        let task = mine.lock().ok().and_then(|mut slot| slot.take());
        let mut task = task.into_iter().flatten();
        while let Some(item) = pool.run(|| task.next()) {
            if sender.send(item).is_err() {
                return; // The job was dropped.
            }
            wake();
        }
        drop(sender);
        wake();
    };
    let spawned = std::thread::Builder::new().name(name.to_owned()).spawn(run);
    if spawned.is_ok() {
        Task::Thread(receiver)
    } else {
        let task = slot.lock().ok().and_then(|mut slot| slot.take());
        anybody();
        Task::Inline(Box::new(task.into_iter().flatten()), Some(anybody))
    }
}

/// Waits for something on a thread of its own, called `name`, as long as the program runs.
///
/// There `wait` is given what `prepare` has made before this returns. Where the system has no thread left, neither is
/// called.
pub fn watch<T>(
    name: &str,
    prepare: impl FnOnce() -> T + Send + 'static,
    wait: impl FnOnce(T) + Send + 'static,
) {
    let (sender, prepared) = sync_channel::<()>(0);
    let run = move || {
        let made = prepare();
        drop(sender);
        wait(made);
    };
    let thread = std::thread::Builder::new().name(name.to_owned());
    if thread.spawn(run).is_ok() {
        // Nothing is sent: the channel closes when all is prepared, or the thread has ended.
        while prepared.recv().is_ok() {}
    }
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

/// Time that this thread has computed so far; `None` where the system does not tell.
pub fn thread_time() -> Option<Duration> {
    #[cfg(unix)]
    {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
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
mod tests;
