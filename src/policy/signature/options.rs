//! The options of a line of `allowed_signers`: `namespaces`, `valid-after`, `valid-before`.

use super::moment;
use jiff::civil::DateTime;

/// What limits a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Options {
    /// A pattern list; `None` allows every namespace.
    pub(super) namespaces: Option<String>,
    /// From this moment on.
    pub(super) after: Option<DateTime>,
    /// Up to and including this moment.
    pub(super) before: Option<DateTime>,
}

/// What is wrong with options, and what to do.
pub(super) struct Bad(pub(super) String, pub(super) &'static str);

const QUOTE: &str = "write the value in double quotes: namespaces=\"contract-signoff@v1\"";
const KNOWN: &str = "the options are namespaces, valid-after, and valid-before";
const ONCE: &str = "give each option once";

/// Where the options end: at the first space outside quotes. `None` when a quote is not closed.
pub(super) fn end(text: &str) -> Option<usize> {
    let mut quoted = false;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            // Only `\"` is an escape; a backslash before anything else is itself.
            '"' if !escaped => quoted = !quoted,
            ' ' | '\t' if !quoted => return Some(at),
            _ => {}
        }
        escaped = c == '\\' && quoted;
    }
    (!quoted).then_some(text.len())
}

impl Options {
    /// Reads the whole of `text`, one or more options with commas between them.
    pub(super) fn read(text: &str) -> Result<Self, Bad> {
        let mut options = Self::default();
        let mut rest = text;
        loop {
            let name_end = rest.find(['=', ',']).unwrap_or(rest.len());
            let (name, after) = rest.split_at(name_end);
            let name = name.to_ascii_lowercase();
            let after = match name.as_str() {
                "cert-authority" => {
                    return Err(Bad(
                        "certificates are not verified, so a certificate authority cannot vouch for anyone".to_owned(),
                        "list the people's own keys, one per line, without cert-authority",
                    ));
                }
                "namespaces" => {
                    let (value, after) = value(&name, after)?;
                    once(&mut options.namespaces, &name, value)?;
                    after
                }
                "valid-after" | "valid-before" => {
                    let (value, after) = value(&name, after)?;
                    let moment = moment::read(&value).ok_or_else(|| {
                        Bad(
                            format!("`{value}` is not a time that exists"),
                            "write YYYYMMDD, or YYYYMMDDHHMM, or YYYYMMDDHHMMSS, and Z; it is read as UTC",
                        )
                    })?;
                    let slot = if name == "valid-after" {
                        &mut options.after
                    } else {
                        &mut options.before
                    };
                    once(slot, &name, moment)?;
                    after
                }
                _ => return Err(Bad(format!("there is no option `{name}`"), KNOWN)),
            };
            if after.is_empty() {
                break;
            }
            rest = after
                .strip_prefix(',')
                .ok_or_else(|| Bad(format!("no comma after the option {name}"), QUOTE))?;
        }
        if let (Some(after), Some(before)) = (options.after, options.before)
            && before <= after
        {
            return Err(Bad(
                "valid-before is not later than valid-after, so the key is never valid".to_owned(),
                "let valid-before be the later of the two",
            ));
        }
        Ok(options)
    }
}

fn once<T>(slot: &mut Option<T>, name: &str, value: T) -> Result<(), Bad> {
    if slot.replace(value).is_some() {
        return Err(Bad(format!("the option {name} stands here twice"), ONCE));
    }
    Ok(())
}

/// The value after `="`, with `\"` for a quote, and what follows it.
fn value<'a>(name: &str, text: &'a str) -> Result<(String, &'a str), Bad> {
    let unquoted = || {
        Bad(
            format!("the value of {name} is not in double quotes"),
            QUOTE,
        )
    };
    let mut rest = text.strip_prefix("=\"").ok_or_else(unquoted)?;
    let mut value = String::new();
    loop {
        let at = rest.find('"').ok_or_else(unquoted)?;
        let (piece, after) = rest.split_at(at);
        rest = &after[1..];
        let Some(piece) = piece.strip_suffix('\\') else {
            value.push_str(piece);
            return Ok((value, rest));
        };
        value.push_str(piece);
        value.push('"');
    }
}
