//! Pools of threads that pieces of work share; on a page there are none, and whoever asks does the work.

#[cfg(target_arch = "wasm32")]
pub(super) use page::SharedPool;
#[cfg(target_arch = "wasm32")]
pub use page::with_threads;
#[cfg(not(target_arch = "wasm32"))]
pub(super) use threads::SharedPool;
#[cfg(not(target_arch = "wasm32"))]
pub use threads::with_threads;

/// That of jobs whose slices are short.
pub(super) static SHARED: SharedPool = SharedPool::new();
/// That of jobs whose slices may be long.
pub(super) static APART: SharedPool = SharedPool::new();

#[cfg(not(target_arch = "wasm32"))]
mod threads {
    use crate::jobs::cores;
    use rayon::{ThreadPool, ThreadPoolBuilder};
    use std::sync::OnceLock;

    /// Runs `work` in a pool of `n_threads` threads: rayon's parallel iterators in it share them. On the caller's thread,
    /// if the system has none left.
    pub fn with_threads<R: Send>(n_threads: usize, work: impl FnOnce() -> R + Send) -> R {
        match pool(n_threads) {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }

    /// A pool that several jobs share; it leaves a core to the window where there are two.
    pub(in crate::jobs) struct SharedPool(OnceLock<Option<ThreadPool>>);

    impl SharedPool {
        pub(in crate::jobs) const fn new() -> Self {
            Self(OnceLock::new())
        }

        /// Runs `work` in it.
        pub(in crate::jobs) fn run<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
            match self.0.get_or_init(|| pool((cores() - 1).max(1))) {
                Some(pool) => pool.install(work),
                None => work(),
            }
        }
    }

    fn pool(n_threads: usize) -> Option<ThreadPool> {
        let named = |thread| format!("pool {thread}");
        let pool = ThreadPoolBuilder::new().thread_name(named);
        pool.num_threads(n_threads).build().ok()
    }
}

#[cfg(target_arch = "wasm32")]
mod page {
    /// Runs `work` on the caller's thread.
    pub fn with_threads<R: Send>(_n_threads: usize, work: impl FnOnce() -> R + Send) -> R {
        work()
    }

    /// Nobody.
    pub(in crate::jobs) struct SharedPool;

    impl SharedPool {
        pub(in crate::jobs) const fn new() -> Self {
            Self
        }

        /// Runs `work` on the caller's thread.
        #[expect(clippy::unused_self, reason = "elsewhere it is a pool")]
        pub(in crate::jobs) fn run<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
            work()
        }
    }
}
