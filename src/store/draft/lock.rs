//! The lock that tells a second window who has the form.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::Owner;
use crate::store::state::{local, options};

/// How often a lock that is taken is asked for again, and after what pause: a program that is just
/// ending, or a child that it is just starting, lets go a moment later.
const TRIES: u32 = 10;
const TRY_AGAIN: Duration = Duration::from_millis(20);

fn patient_lock(lock: &File) -> Result<(), TryLockError> {
    for _ in 1..TRIES {
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(TRY_AGAIN),
            other => return other,
        }
    }
    lock.try_lock()
}

/// Locks the form, or says who has it.
pub(super) fn lock(file: &Path) -> io::Result<Result<File, Owner>> {
    let mut lock =
        options().read(true).write(true).create(true).truncate(false).open(file.with_extension("lock"))?;
    match patient_lock(&lock) {
        Ok(()) => {
            lock.set_len(0)?;
            write!(lock, "进程 {}，{} 起", std::process::id(), local(SystemTime::now(), "%m月%d日 %H:%M"))?;
            Ok(Ok(lock))
        }
        Err(TryLockError::WouldBlock) => {
            let mut owner = String::new();
            // Windows does not let others read a locked file.
            let _ = lock.take(200).read_to_string(&mut owner);
            Ok(Err(Owner(crate::text::visible(&owner).into_owned())))
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}
