//! Many forms at once: which files are meant, and work on them on all cores with results in the
//! order of the files.

use std::io::Write;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Failure, Streams};
use crate::store::{self, folder};

/// Forms worked on before their results are written: the only ones in memory.
const AT_ONCE: usize = 256;

/// The files that sources mean: a folder is all forms in it, `-` a list of names in the input,
/// one a line.
pub(super) fn files(sources: &[PathBuf], streams: &mut Streams<'_>) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for source in sources {
        if source.as_os_str() == "-" {
            let mut list = String::new();
            streams.input.read_to_string(&mut list)?;
            let names = list.trim_start_matches('\u{feff}').lines().map(str::trim);
            found.extend(names.filter(|name| !name.is_empty()).map(PathBuf::from));
        } else if folder::is_folder(source) {
            let forms = folder::forms(source)?;
            if forms.is_empty() {
                return Err(Failure::Said(format!("文件夹 {} 里没有 .toml 表。", store::shown(source))));
            }
            found.extend(forms);
        } else {
            found.push(source.clone());
        }
    }
    Ok(found)
}

/// Does `work` on each file and hands what comes of it to `take` in the order of the files.
/// Memory does not grow with their number. Where `progress` asks for it, `err` says how far it is.
pub(super) fn in_order<T: Send>(
    files: &[PathBuf],
    err: &mut dyn Write,
    progress: bool,
    work: impl Fn(&Path) -> T + Sync,
    mut take: impl FnMut(T, &mut dyn Write) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if let [file] = files {
        return take(work(file), err);
    }
    let shows = progress && files.len() > AT_ONCE;
    let mut done = 0;
    for some in files.chunks(AT_ONCE) {
        let results: Vec<T> = some.par_iter().map(|file| work(file)).collect();
        results.into_iter().try_for_each(|result| take(result, err))?;
        done += some.len();
        if shows {
            write!(err, "\r{}", bar(done, files.len()))?;
            err.flush()?;
        }
    }
    if shows {
        write!(err, "\r{}\r", " ".repeat(bar(done, done).len()))?;
    }
    Ok(())
}

/// How far a task is, for instance `[####....] 5120/10000`.
fn bar(done: usize, all: usize) -> String {
    const CELLS: usize = 30;
    let full = done * CELLS / all.max(1);
    format!("[{}{}] {done}/{all}", "#".repeat(full), ".".repeat(CELLS - full))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_files_and_the_bar_is_wiped() {
        let files: Vec<PathBuf> = (0..1000).map(|at| PathBuf::from(at.to_string())).collect();
        let (mut err, mut seen) = (Vec::new(), Vec::new());
        let take = |path: PathBuf, _: &mut dyn Write| {
            seen.push(path);
            Ok(())
        };
        in_order(&files, &mut err, true, Path::to_owned, take).expect("writes");
        assert_eq!(seen, files);
        let shown = String::from_utf8(err).expect("is text");
        assert!(shown.contains("\r[#######.......................] 256/1000\r"), "{shown:?}");
        assert!(shown.ends_with(" \r") && !shown.contains('\u{1b}'));
    }
}
