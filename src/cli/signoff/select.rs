//! Which changes are meant: all, or those whose fingerprints begin so.

use super::Change;
use crate::cli::failure::Failure;
use std::collections::BTreeMap;

/// How many candidates an error names.
const NAMED: usize = 8;

/// The changes with these prefixes of fingerprints, each once, in the order of `all`; `whose` is what they are to people.
pub(in crate::cli) fn select<'c>(
    all: &[&'c Change],
    prefixes: &[String],
    whose: &str,
) -> Result<Vec<&'c Change>, Failure> {
    let mut chosen = vec![false; all.len()];
    for prefix in prefixes {
        let digits = prefix.strip_prefix("cf1:").unwrap_or(prefix);
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if digits.is_empty() || !digits.bytes().all(is_hex) {
            return Err(Failure::usage(
                format!("`{prefix}` is no beginning of a fingerprint"),
                "copy it from the report: cf1: and small hexadecimal digits",
            ));
        }
        let begins = |change: &Change| {
            let mut sites = change.sites.iter();
            sites.any(|site| {
                let rest = site.fingerprint.strip_prefix("cf1:");
                rest.is_some_and(|rest| rest.starts_with(digits))
            })
        };
        let found: Vec<usize> = (0..all.len()).filter(|at| begins(all[*at])).collect();
        match found.as_slice() {
            [one] => chosen[*one] = true,
            [] => {
                return Err(Failure::usage(
                    format!("no change {whose} begins with `{prefix}`"),
                    candidates(all),
                ));
            }
            several => {
                let several: Vec<&Change> = several.iter().map(|at| all[*at]).collect();
                return Err(Failure::usage(
                    format!(
                        "`{prefix}` is the beginning of {} changes {whose}",
                        several.len()
                    ),
                    candidates(&several),
                ));
            }
        }
    }
    let chosen = all.iter().zip(chosen).filter(|(_, chosen)| *chosen);
    Ok(chosen.map(|(change, _)| *change).collect())
}

fn candidates(all: &[&Change]) -> String {
    let named = all.iter().take(NAMED).map(|change| {
        let element = change.element();
        let last = element.rsplit(" > ").next().unwrap_or(element);
        format!("{} ({} at {last})", change.short(), change.rule)
    });
    let named: Vec<String> = named.collect();
    let more = match all.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    format!("there are {}{more}", named.join(", "))
}

/// The changes of each contract: a file is about one.
pub(in crate::cli) fn by_contract<'c>(
    changes: &[&'c Change],
) -> BTreeMap<&'c str, Vec<&'c Change>> {
    let mut groups: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        groups.entry(&change.contract).or_default().push(change);
    }
    groups
}
