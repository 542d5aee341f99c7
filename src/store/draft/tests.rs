use super::*;
use crate::form::Indicator;
use crate::form::edit::{Spot, apply_all};
use crate::form::field::Field;
use proptest::prelude::*;

fn sample() -> Form {
    let row = Indicator { name: "巡查".into(), value: "48".into(), ..Indicator::default() };
    let mut form = Form::default().with_rows(vec![row]);
    form.year = "2026".into();
    form
}

fn claimed(folder: &Path, path: &Path) -> (Box<Draft>, Option<Box<Found>>) {
    match claim(folder, Some(path), &sample()).expect("claims") {
        Claim::Ours(draft, found) => (draft, found),
        Claim::Taken(owner) => panic!("taken by {owner:?}"),
    }
}

fn value(text: &str) -> Edit {
    Edit::set(Spot::row(0, Field::Value), text)
}

#[test]
fn a_crash_leaves_a_draft_and_a_save_does_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.toml");
    let (mut draft, found) = claimed(folder.path(), &path);
    assert!(found.is_none());
    draft.record(vec![value("5")]).expect("records");
    draft.record(vec![value("50"), Edit::set(Spot::form(Field::Year), "2027")]).expect("records");
    draft.flush().expect("flushes");
    drop(draft);
    let (mut draft, found) = claimed(folder.path(), &path);
    let found = found.expect("is found");
    assert_eq!((found.changes, found.rest), (2, Rest::Whole), "typing in one field is one change");
    assert_eq!((found.form.indicators[0].value.as_str(), found.form.year.as_str()), ("50", "2027"));
    assert_eq!(found.base, sample());
    draft.saved(&found.form);
    drop(draft);
    assert!(claimed(folder.path(), &path).1.is_none());
}

#[test]
fn a_second_window_is_told_who_has_the_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.toml");
    let (mut draft, _) = claimed(folder.path(), &path);
    let second = claim(folder.path(), Some(&path), &sample()).expect("claims");
    let Claim::Taken(Owner(owner)) = second else { panic!("both have it") };
    assert!(cfg!(windows) || owner.contains(&std::process::id().to_string()), "{owner}");
    draft.close(false);
    drop(draft);
    drop(claimed(folder.path(), &path));
}

#[test]
fn new_forms_have_drafts_of_their_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let new = || match claim(folder.path(), None, &Form::default()).expect("claims") {
        Claim::Ours(draft, found) => (draft, found),
        Claim::Taken(owner) => panic!("taken by {owner:?}"),
    };
    let ((mut first, _), (second, _)) = (new(), new());
    assert_ne!(first.path(), second.path());
    first.record(vec![Edit::set(Spot::form(Field::Year), "2027")]).expect("records");
    first.flush().expect("flushes");
    drop(first);
    let copy = claim(folder.path(), None, &sample()).expect("claims");
    assert!(
        matches!(copy, Claim::Ours(_, None)),
        "the draft of a new form is not offered to a copy of another"
    );
    assert_eq!(new().1.expect("is found").form.year, "2027");
}

#[test]
fn a_draft_moves_to_another_base_with_its_edits() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.toml");
    let (mut draft, _) = claimed(folder.path(), &path);
    draft.record(vec![value("5")]).expect("records");
    let (mut base, mut form) = (sample(), sample());
    base.agency = "某乡".into();
    form.agency = "某乡".into();
    form.indicators[0].value = "5".into();
    draft.rebase(&base, &form).expect("moves");
    drop(draft);
    let (mut draft, found) = claimed(folder.path(), &path);
    let found = found.expect("is found");
    assert_eq!((&found.base, &found.form), (&base, &form));
    draft.rebase(&base, &base).expect("moves");
    drop(draft);
    assert!(claimed(folder.path(), &path).1.is_none(), "nothing is left to restore");
}

#[test]
fn what_is_put_aside_or_kept_for_later_is_not_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.toml");
    let (mut draft, _) = claimed(folder.path(), &path);
    draft.record(vec![value("5")]).expect("records");
    draft.flush().expect("flushes");
    draft.keep_for_later().expect("keeps");
    draft.saved(&sample());
    drop(draft);
    let (mut draft, found) = claimed(folder.path(), &path);
    assert_eq!(found.expect("is found").form.indicators[0].value, "5");
    let aside = draft.put_aside().expect("moves");
    assert_eq!(fs::read_dir(aside).expect("lists").count(), 1);
    drop(draft);
    assert!(claimed(folder.path(), &path).1.is_none());
}

#[cfg(unix)]
#[test]
fn drafts_are_readable_by_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let (mut draft, _) = claimed(folder.path(), &folder.path().join("a.toml"));
    draft.record(vec![value("5")]).expect("records");
    draft.flush().expect("flushes");
    let mode = |path: &Path| fs::metadata(path).expect("is there").permissions().mode() & 0o777;
    assert_eq!(mode(&draft.path()), 0o600);
    assert_eq!(mode(&folder.path().join("drafts")), 0o700);
}

fn any_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        "\\PC{0,12}".prop_map(|text| value(&text)),
        "[0-9\n\"\\\\]{0,6}".prop_map(|text| Edit::set(Spot::form(Field::Duties), text)),
        Just(Edit::insert(0, Indicator { name: "新".into(), ..Indicator::default() })),
        Just(Edit::Move { from: 0, to: 0 }),
    ]
}

proptest! {
    #[test]
    fn what_was_written_is_read_back_and_a_cut_leaves_the_beginning(
        edits in prop::collection::vec(any_edit(), 1..12),
        cut in prop_oneof![Just(0.0), 0.0f64..1.0],
    ) {
        let mut file = Line::head(&sample()).bytes();
        let mut forms = vec![(file.len(), sample())];
        for edit in edits {
            file.extend(Line::edit(&edit).bytes());
            let mut form = forms.last().expect("has one").1.clone();
            apply_all(vec![edit], &mut form).expect("fits");
            forms.push((file.len(), form));
        }
        let whole = recovered(&file, SystemTime::UNIX_EPOCH).expect("reads").expect("is found");
        prop_assert_eq!(&whole.form, &forms.last().expect("has one").1);
        prop_assert_eq!(whole.rest, Rest::Whole);
        file.truncate((file.len() as f64 * cut) as usize);
        let left = forms.iter().rev().find(|(end, _)| *end <= file.len());
        match (recovered(&file, SystemTime::UNIX_EPOCH), left) {
            (Ok(Some(found)), Some((end, form))) => {
                prop_assert_eq!(&found.form, form);
                prop_assert_eq!(found.rest, if *end == file.len() { Rest::Whole } else { Rest::Torn });
            }
            (Ok(None), Some((_, form))) => prop_assert_eq!(form, &sample()),
            (Ok(None), None) => prop_assert!(file.is_empty()),
            (Err(Damaged), None) => prop_assert!(!file.is_empty()),
            (found, left) => prop_assert!(false, "{found:?} for {left:?}"),
        }
    }

    #[test]
    fn any_bytes_are_survived_and_a_changed_line_is_not_believed(
        mut noise in prop::collection::vec(any::<u8>(), 0..400),
        at in 0.0f64..1.0,
    ) {
        let _ = recovered(&noise, SystemTime::UNIX_EPOCH);
        let mut file = Line::head(&sample()).bytes();
        let head = file.len();
        file.extend(Line::edit(&value("1")).bytes());
        let place = (at * file.len() as f64) as usize;
        file[place] ^= 1;
        file.append(&mut noise);
        match recovered(&file, SystemTime::UNIX_EPOCH) {
            Ok(found) => {
                prop_assert!(place >= head);
                prop_assert!(found.is_none_or(|found| found.form == found.base));
            }
            Err(Damaged) => prop_assert!(place < head),
        }
    }

    #[test]
    fn every_edit_is_in_the_file_at_once_and_a_long_file_is_brought_down(
        edits in prop::collection::vec(any_edit(), 1..12),
        is_long in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut draft, _) = claimed(folder.path(), &folder.path().join("a.toml"));
        let mut form = sample();
        for edit in edits {
            apply_all(vec![edit.clone()], &mut form).expect("fits");
            draft.record(vec![edit]).expect("records");
            let found = read_draft(&draft.path()).expect("reads");
            prop_assert_eq!(&found.map_or_else(sample, |found| found.form), &form);
            if let Some(out) = &mut draft.out && is_long {
                out.length = out.begun + LONG;
            }
        }
    }
}

#[test]
fn a_damaged_draft_is_kept_and_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.toml");
    let (mut draft, _) = claimed(folder.path(), &path);
    for text in ["5", "50", "500"] {
        draft.record(vec![value(text)]).expect("records");
    }
    let (name, mut bytes) = (draft.path(), fs::read(draft.path()).expect("reads"));
    drop(draft);
    let at = bytes.windows(4).rposition(|bytes| bytes == b"\"50\"").expect("is there");
    bytes[at + 1] = b'6';
    fs::write(&name, &bytes).expect("writes");
    let (draft, found) = claimed(folder.path(), &path);
    let found = found.expect("is found");
    assert_eq!((found.rest, found.form.indicators[0].value.as_str()), (Rest::Damaged(2), "5"));
    assert_eq!(fs::read(draft.damaged().expect("is kept")).expect("reads"), bytes);
    drop(draft);
    fs::write(&name, "????").expect("writes");
    let (mut draft, found) = claimed(folder.path(), &path);
    assert!(found.is_none());
    draft.record(vec![value("6")]).expect("records");
    assert_eq!(fs::read(draft.damaged().expect("is kept")).expect("reads"), b"????");
}

#[test]
fn a_draft_that_cannot_be_read_now_is_offered_another_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.toml");
    let (mut draft, _) = claimed(folder.path(), &path);
    draft.record(vec![value("5")]).expect("records");
    let (name, bytes) = (draft.path(), fs::read(draft.path()).expect("reads"));
    drop(draft);
    // A folder stands in for a file whose disk fails: it can be opened and not read.
    fs::remove_file(&name).expect("removes");
    fs::create_dir(&name).expect("creates");
    let (mut draft, found) = claimed(folder.path(), &path);
    assert!(found.is_none() && draft.damaged().is_none() && draft.unread().is_some());
    draft.record(vec![value("6")]).expect("records");
    draft.close(false);
    let later = name.with_extension("later");
    fs::remove_dir(&later).expect("was kept");
    fs::write(&later, bytes).expect("writes");
    let (_, found) = claimed(folder.path(), &path);
    assert_eq!(found.expect("is found").form.indicators[0].value, "5");
}

#[test]
fn a_draft_kept_for_later_outlives_one_that_is_restored_or_kept_after_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.toml");
    let crash = |text: &str| {
        let (mut draft, _) = claimed(folder.path(), &path);
        draft.record(vec![value(text)]).expect("records");
        drop(draft);
        let (draft, found) = claimed(folder.path(), &path);
        assert_eq!(found.expect("is found").form.indicators[0].value, text);
        draft
    };
    crash("5").keep_for_later().expect("keeps");
    let mut restored = crash("6");
    restored.restored();
    restored.close(false);
    drop(restored);
    let (draft, found) = claimed(folder.path(), &path);
    assert_eq!(found.expect("is still there").form.indicators[0].value, "5");
    drop(draft);
    crash("7").keep_for_later().expect("keeps");
    let old = fs::read_dir(folder.path().join("drafts/old")).expect("lists").count();
    assert_eq!(old, 1, "the earlier one is put aside");
}

#[test]
fn a_draft_that_outlived_its_save_is_not_offered() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.toml");
    let (mut draft, _) = claimed(folder.path(), &path);
    draft.record(vec![value("5")]).expect("records");
    let (name, mut saved) = (draft.path(), sample());
    saved.indicators[0].value = "5".into();
    drop(draft);
    let Claim::Ours(draft, found) = claim(folder.path(), Some(&path), &saved).expect("claims") else {
        panic!("is taken")
    };
    assert!(found.is_none() && draft.damaged().is_none() && !name.exists());
}

/// The power goes in the first half second: the file has its name and nothing in it.
#[test]
fn a_draft_of_which_nothing_reached_the_disk_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.toml");
    for bytes in [&b""[..], &[0; 512]] {
        let (mut draft, _) = claimed(folder.path(), &path);
        draft.record(vec![value("5")]).expect("records");
        assert!(draft.is_waiting(), "no key waits for the disk");
        fs::write(draft.path(), bytes).expect("writes");
        drop(draft);
        let (mut draft, found) = claimed(folder.path(), &path);
        assert!(found.is_none() && draft.damaged().is_none());
        // What stands under the name is replaced by what is durable.
        draft.record(vec![value("6")]).expect("records");
        assert!(!draft.is_waiting());
        draft.close(false);
    }
}

/// A sync beside the keys holds what was there when it began; what came meanwhile waits for the next.
#[test]
fn a_sync_goes_on_beside_new_edits() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.toml");
    let (mut draft, _) = claimed(folder.path(), &path);
    draft.record(vec![value("5")]).expect("records");
    assert!(!draft.sync_beside(false).expect("looks") && draft.is_waiting());
    let goes_on = draft.sync_beside(true).expect("begins");
    assert!(!draft.is_waiting(), "the sync holds the edit");
    draft.record(vec![value("6")]).expect("records");
    assert!(draft.is_waiting(), "and not the one after it");
    let mut looks = 0;
    while goes_on && draft.sync_beside(false).expect("looks") {
        looks += 1;
        assert!(looks < 2_000, "the sync does not end");
        thread::sleep(Duration::from_millis(5));
    }
    assert!(draft.is_waiting());
    draft.flush().expect("flushes");
    assert!(!draft.is_waiting());
    drop(draft);
    let (_, found) = claimed(folder.path(), &path);
    assert_eq!(found.expect("is found").form.indicators[0].value, "6");
}
