//! `contract signoff prune`: files go that can match nothing any more.

use super::Here;
use crate::cli::{
    args::PruneArgs, excerpt::escaped, failure::Failure, gate::Gate, output, told::Told,
};
use crate::policy::{gate::Papers, standing::Counted};
use crate::world;
use jiff::civil::Date;
use std::fmt::Write;

/// What becomes of a file.
enum Fate {
    /// It goes; why.
    Goes(String),
    /// It stays, though it matches nothing now; why.
    Stays(&'static str),
}

pub(super) fn run(args: &PruneArgs, told: Told) -> Result<u8, Failure> {
    let here = Here::load(&args.trees, told)?;
    let governance = here.judged().governance;
    let mut files = files(&here.gate.papers);
    files.sort();
    let mut text = String::new();
    let mut gone = 0;
    for (file, expires, withdrawn) in files {
        let paper = governance.papers.iter().find(|paper| paper.file == *file);
        let Some(paper) = paper.filter(|_| !withdrawn) else {
            continue;
        };
        let name = here.name(file);
        match fate(paper, expires, &here.gate) {
            Some(Fate::Goes(why)) => {
                gone += 1;
                let does = if args.dry_run {
                    "would remove"
                } else {
                    "removed"
                };
                for file in [file.clone(), format!("{file}.sig")] {
                    if !here.gate.head.files.contains(&file) {
                        continue;
                    }
                    if !args.dry_run {
                        world::remove_file(&here.on_disk(&file))?;
                    }
                    let _ = writeln!(text, "{does} {}", escaped(&here.name(&file)));
                }
                let _ = writeln!(text, "  {}", escaped(&why));
            }
            Some(Fate::Stays(why)) => {
                let _ = writeln!(text, "kept {}\n  {why}", escaped(&name));
            }
            None => {}
        }
    }
    if gone == 0 {
        text.push_str("nothing to prune\n");
    }
    output::print(text.as_bytes())?;
    Ok(0)
}

/// Every sign-off and waiver of head: its file, its last day, and whether it is withdrawn.
fn files(papers: &Papers) -> Vec<(&String, Date, bool)> {
    let signoffs = papers.signoffs.iter();
    let signoffs = signoffs.map(|it| (&it.file, it.value.expires, it.withdrawn));
    let waivers = papers.waivers.iter();
    let waivers = waivers.map(|it| (&it.file, it.value.expires, it.withdrawn));
    signoffs.chain(waivers).collect()
}

/// What can match nothing any more: each file with its signature, and why it may go.
pub(in crate::cli) fn stale(gate: &Gate, counted: &[Counted]) -> Vec<(Vec<String>, String)> {
    let mut files = files(&gate.papers);
    files.sort();
    let mut stale = Vec::new();
    for (file, expires, withdrawn) in files {
        let paper = counted.iter().find(|paper| paper.file == *file);
        let paper = paper.filter(|_| !withdrawn);
        if let Some(Fate::Goes(why)) = paper.and_then(|paper| fate(paper, expires, gate)) {
            let mut gone = vec![file.clone(), format!("{file}.sig")];
            gone.retain(|file| gate.head.files.contains(file));
            stale.push((gone, why));
        }
    }
    stale
}

fn fate(paper: &Counted, expires: Date, gate: &Gate) -> Option<Fate> {
    if expires < gate.today {
        return Some(Fate::Goes(format!("it counted until {expires}")));
    }
    if paper.spent {
        return Some(Fate::Goes(
            "it is spent: what it is about is gone on the base".to_owned(),
        ));
    }
    // Why else it does not count may be mended.
    if paper.matches || paper.until.is_err() {
        return None;
    }
    Some(if gate.base.files.contains(&paper.file) {
        Fate::Stays("it matches no change yet, and may still: it landed before what it allows")
    } else {
        Fate::Goes("it matches no change of this tree, and has not landed".to_owned())
    })
}
