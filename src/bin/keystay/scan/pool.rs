//! Work on several threads, with results in the order of the jobs.
//!
//! Jobs are made while others are worked on, so that neither a list of all files nor all results are ever in memory. Rejected:
//! rayon and the parallel walker of `ignore`, which both give results in the order in which they happen to be ready.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

/// Jobs that wait for each thread: small files are scanned faster than a thread wakes up.
const WAITING: usize = 8;

/// Makes jobs with `make`, which hands them to the function that it gets and stops when that says no. Works on them with
/// `work`, which has a state of its own in each thread, and gives the results to `take` until that says no.
pub fn run<J: Send, R: Send, S>(
    threads: NonZeroUsize,
    make: impl FnOnce(&mut dyn FnMut(J) -> bool) + Send,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, J) -> R + Sync,
    mut take: impl FnMut(R) -> bool,
) {
    // One thread that makes and works in turn never waits for another one.
    if threads == NonZeroUsize::MIN {
        let mut state = state();
        return make(&mut |job| take(work(&mut state, job)));
    }
    let stopped = AtomicBool::new(false);
    let (jobs, queue) = mpsc::sync_channel::<(usize, J)>(threads.get() * WAITING);
    let queue = Mutex::new(queue);
    let (results, done) = mpsc::channel();
    thread::scope(|scope| {
        let (stopped, queue, state, work) = (&stopped, &queue, &state, &work);
        scope.spawn(move || {
            let mut next = 0;
            make(&mut |job| {
                next += 1;
                !stopped.load(Ordering::Relaxed) && jobs.send((next - 1, job)).is_ok()
            });
        });
        for _ in 0..threads.get() {
            let results = results.clone();
            scope.spawn(move || {
                let mut state = state();
                loop {
                    let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((number, job)) = job else { return };
                    // After a stop the queue is still emptied, so that whoever makes jobs is not kept waiting.
                    if !stopped.load(Ordering::Relaxed) && results.send((number, work(&mut state, job))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(results);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (number, result) in done {
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&next) {
                next += 1;
                if !stopped.load(Ordering::Relaxed) && !take(result) {
                    stopped.store(true, Ordering::Relaxed);
                }
            }
        }
    });
}
