//! A sign-off or a waiver on its way to disk: its name, its bytes, its signature.

use super::Change;
use crate::cli::failure::Failure;
use crate::policy::{
    files::Fault,
    gate::Keys,
    signature::{NAMESPACE, SignatureError, Signed, sign, verify},
};
use crate::world;
use jiff::{ToSpan as _, civil::Date};
use std::path::Path;

/// More than any key needs.
const KEY: u64 = 64 * 1024;
/// How long the part of a file's name is that says what it is about.
const SLUG: usize = 40;

/// A file to write.
pub(in crate::cli) struct Made {
    /// What it is called, without folders.
    pub(in crate::cli) name: String,
    pub(in crate::cli) bytes: Vec<u8>,
    /// The text of the `.sig` file.
    pub(in crate::cli) signature: Option<String>,
}

/// Files that were written, by their names.
pub(in crate::cli) type Written = Vec<String>;

impl Made {
    /// Signs `yaml`, and finds a name that is free: `<date>-<what>.yaml`. `read` is the file's own reader, which has to
    /// take what is written.
    pub(in crate::cli) fn new<T>(
        yaml: String,
        (date, what): (Date, &str),
        changes: &[&Change],
        key: Option<&Path>,
        is_free: impl Fn(&str) -> bool,
        read: impl Fn(&str, &[u8]) -> Result<T, Vec<Fault>>,
    ) -> Result<Self, Failure> {
        let stem = format!("{date}{what}-{}", slug(changes));
        let mut name = format!("{stem}.yaml");
        let mut number = 2;
        while !is_free(&name) || !is_free(&format!("{name}.sig")) {
            name = format!("{stem}-{number}.yaml");
            number += 1;
        }
        let bytes = yaml.into_bytes();
        if let Err(faults) = read(&name, &bytes)
            && let Some(fault) = faults.first()
        {
            // The file is not there to be looked at.
            let help = fault.help.clone().unwrap_or_default();
            return Err(Failure::usage(fault.message.clone(), help));
        }
        let signature = key.map(|key| signature(key, &bytes)).transpose()?;
        Ok(Self {
            name,
            bytes,
            signature,
        })
    }

    /// Whether the signature is this person's, as far as the base knows keys. One that the base does not know may land yet.
    pub(in crate::cli) fn is_by(&self, approver: &str, keys: &Keys<'_>) -> Result<(), Failure> {
        let Some(signature) = &self.signature else {
            return Ok(());
        };
        let signed = Signed {
            bytes: &self.bytes,
            signature: signature.as_bytes(),
        };
        match verify(
            keys.signers,
            keys.revoked,
            NAMESPACE,
            approver,
            signed,
            keys.today,
        ) {
            Ok(_) | Err(SignatureError::UnknownKey { .. }) => Ok(()),
            Err(error) => Err(Failure::usage(error.to_string(), error.help())),
        }
    }

    /// Writes the signature and then the file, which is worth nothing without it.
    pub(in crate::cli) fn write(&self, folder: &Path) -> Result<Written, Failure> {
        let mut written = Vec::new();
        if let Some(signature) = &self.signature {
            let name = format!("{}.sig", self.name);
            create(folder, &name, signature.as_bytes())?;
            written.push(name);
        }
        create(folder, &self.name, &self.bytes)?;
        written.insert(0, self.name.clone());
        Ok(written)
    }
}

fn create(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    let path = folder.join(name);
    match world::write_new_file(&path, bytes)? {
        world::Made::New => Ok(()),
        world::Made::WasThere => Err(Failure::incomplete(format!(
            "{} came to be while this ran, and stays as it is",
            path.display()
        ))),
    }
}

fn signature(key: &Path, bytes: &[u8]) -> Result<String, Failure> {
    let text = world::read_file(key, KEY)?;
    sign(&text, NAMESPACE, bytes)
        .map_err(|error| Failure::unsigned(&key.display().to_string(), &error))
}

/// The person who decides: the one who was named, else the only one who may.
pub(in crate::cli) fn one_of(
    named: Option<&str>,
    all: &[String],
    whose: &str,
) -> Result<String, Failure> {
    let choices = || all.join(", ");
    match (named, all) {
        (Some(name), all) if all.iter().any(|one| one == name) => Ok(name.to_owned()),
        (_, []) => Err(Failure::usage(
            format!("{whose} has nobody who may decide"),
            "name somebody in .contract, and land that first",
        )),
        (Some(name), _) => Err(Failure::usage(
            format!("{name} does not decide for {whose}"),
            format!("the base lets {} decide", choices()),
        )),
        (None, [one]) => Ok(one.clone()),
        (None, _) => Err(Failure::usage(
            format!("{} people decide for {whose}", all.len()),
            format!("name one of them with --approver: {}", choices()),
        )),
    }
}

/// The last day on which a word counts that is given today: the one that was typed, else the last that is allowed.
pub(in crate::cli) fn expires(
    typed: Option<&str>,
    today: Date,
    max_age: u32,
) -> Result<Date, Failure> {
    let last = today
        .checked_add(i64::from(max_age).days())
        .unwrap_or(Date::MAX);
    let Some(typed) = typed else { return Ok(last) };
    let day = world::parse_date(typed)
        .map_err(|error| Failure::usage(error.to_string(), "write YYYY-MM-DD"))?;
    if day < today {
        return Err(Failure::usage(
            format!("--expires {day} is over: today is {today}"),
            format!("write a day up to {last}, or leave it out"),
        ));
    }
    if day > last {
        return Err(Failure::usage(
            format!("--expires {day} is too late: the policy allows {max_age} days"),
            format!("write a day up to {last}, or leave it out"),
        ));
    }
    Ok(day)
}

/// What the changes are about, in small letters, digits, and hyphens.
fn slug(changes: &[&Change]) -> String {
    let Some(first) = changes.first() else {
        return String::new();
    };
    let element = first.element();
    let last = element.rsplit(" > ").next().unwrap_or(element);
    let last = last.strip_prefix("op:").unwrap_or(last);
    let mut slug = kebab(last);
    if slug.is_empty() {
        slug = kebab(&first.rule);
    }
    match changes.len() {
        1 => slug,
        many => format!("{slug}-and-{}-more", many - 1),
    }
}

fn kebab(text: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() {
            let hump = letter.is_ascii_uppercase() && before.is_ascii_lowercase();
            if !out.is_empty() && (hump || !before.is_ascii_alphanumeric()) {
                out.push('-');
            }
            if out.len() >= SLUG {
                break;
            }
            out.push(letter.to_ascii_lowercase());
        }
        before = letter;
    }
    out.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_they_are_about() {
        for (text, slug) in [
            (".legacyTotal", "legacy-total"),
            ("GET /v1/orders/{}", "get-v1-orders"),
            ("enum:\"PENDING\"", "enum-pending"),
            (".items[].größe", "items-gr-e"),
            ("../../x", "x"),
            ("", ""),
            (
                "aaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbbbbbb-cccc",
                "aaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbbbbb",
            ),
        ] {
            assert_eq!(kebab(text), slug);
        }
    }
}
