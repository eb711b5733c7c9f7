//! The floors hold: a room uses only rooms below it, files stay small, and only `world` touches outside.
#![expect(clippy::disallowed_methods, reason = "reads this crate's own sources")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The rooms from the bottom up; rooms of one floor do not know each other.
const FLOORS: &[&[&str]] = &[
    &["inclusion", "text", "variance"],
    &["tree", "world"],
    &["spec"],
    &["diff"],
    &["rules"],
    &["judge"],
    &["policy", "probe"],
    &["report"],
    &["cli"],
];

/// The longest a source file may be, tests included.
const LONGEST: usize = 400;

fn floor(room: &str) -> usize {
    FLOORS
        .iter()
        .position(|floor| floor.contains(&room))
        .unwrap_or_else(|| panic!("{room} has no floor; give it one in tests/floors.rs"))
}

fn sources(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("readable") {
            sources(&entry.expect("readable").path(), found);
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        found.push(path.to_owned());
    }
}

/// Every file below src/ with the room it belongs to.
fn rooms() -> Vec<(String, PathBuf)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    files.sort();
    files
        .into_iter()
        .map(|file| {
            let inside = file.strip_prefix(&src).expect("below src");
            let first = inside.components().next().expect("not empty");
            let room = Path::new(first.as_os_str())
                .file_stem()
                .and_then(|stem| stem.to_str())
                .expect("UTF-8")
                .to_owned();
            (room, file)
        })
        .collect()
}

#[test]
fn a_room_uses_only_rooms_below_it() {
    for (room, file) in rooms() {
        if room == "lib" || room == "main" {
            continue;
        }
        let text = fs::read_to_string(&file).expect("readable");
        for used in text.split("crate::").skip(1) {
            let used: String = used
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            assert!(
                !used.is_empty(),
                "{}: name rooms one by one, not as crate::{{…}}",
                file.display()
            );
            assert!(
                used == room || floor(&used) < floor(&room),
                "{} reaches up to {used}",
                file.display()
            );
        }
    }
}

#[test]
fn files_stay_small() {
    for (_, file) in rooms() {
        let lines = fs::read_to_string(&file).expect("readable").lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines", file.display());
    }
}

#[test]
fn only_world_touches_outside() {
    const OUTSIDE: [&str; 6] = [
        "std::fs",
        "std::net",
        "std::process::Command",
        "SystemTime::now",
        "env::var",
        "reqwest::",
    ];
    for (room, file) in rooms() {
        if room == "world" {
            continue;
        }
        let text = fs::read_to_string(&file).expect("readable");
        for word in OUTSIDE {
            assert!(!text.contains(word), "{} uses {word}", file.display());
        }
    }
}
