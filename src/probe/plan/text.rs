//! A plan for people.

use super::{Plan, Planned};
use std::fmt;

/// How much of a body is shown on its line.
const WIDTH: usize = 400;

impl fmt::Display for Plan {
    /// Steps with their requests, then what is never probed. Control characters of documents are shown as escapes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, step) in self.steps.iter().enumerate() {
            write_step(f, place + 1, step)?;
        }
        if !self.skipped.is_empty() {
            if !self.steps.is_empty() {
                writeln!(f)?;
            }
            writeln!(f, "never probed:")?;
            for skipped in &self.skipped {
                writeln!(f, "  {}: {}", plain(&skipped.what), plain(&skipped.why))?;
            }
        }
        if !self.steps.is_empty() || !self.skipped.is_empty() {
            writeln!(f)?;
        }
        writeln!(
            f,
            "{} steps, at most {} requests; nothing was sent",
            self.steps.len(),
            self.requests()
        )
    }
}

fn write_step(f: &mut fmt::Formatter<'_>, number: usize, step: &Planned) -> fmt::Result {
    writeln!(f, "{number}. {} ({})", plain(&step.step), plain(&step.why))?;
    let request = &step.request;
    writeln!(f, "   {} {}", plain(&request.method), plain(&request.url))?;
    for (name, value) in &request.headers {
        writeln!(f, "   {}: {}", plain(name), plain(value))?;
    }
    if let Some(body) = &request.body {
        writeln!(f, "   {}", plain(body))?;
    }
    if !step.values.is_empty() {
        writeln!(f, "   values from {}", plain(&step.values.join(", ")))?;
    }
    for line in &step.then {
        writeln!(f, "   then {}", plain(line))?;
    }
    Ok(())
}

/// One line that does not steer a terminal.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for (place, c) in text.chars().enumerate() {
        if place >= WIDTH {
            out.push('…');
            break;
        }
        if c.is_control() {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}
