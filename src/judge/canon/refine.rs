//! Partition refinement: schemas that all lead to each other, told apart by what they say and where they lead.

use super::{jcs::Form, named, recursion::Units};
use sha2::{Digest, Sha256};
use std::{
    collections::{HashMap, HashSet},
    fmt::Write,
};

pub(super) type Hash = [u8; 32];

/// A unit of the group among what another leads to.
#[derive(Debug)]
enum Step {
    One(usize),
    Any(Vec<usize>),
}

/// A group told apart by partition refinement.
#[derive(Debug)]
pub(super) struct Refined {
    pub(super) index: HashMap<u32, usize>,
    /// By member; equal for members that mean the same.
    pub(super) values: Vec<Hash>,
}

impl Refined {
    pub(super) fn of(units: &Units<'_, '_>, group: &[u32]) -> Self {
        let index: HashMap<u32, usize> = (0..).zip(group).map(|(at, unit)| (*unit, at)).collect();
        let mut local: Vec<Hash> = Vec::with_capacity(group.len());
        let mut steps: Vec<Vec<Step>> = Vec::with_capacity(group.len());
        let mut text = String::new();
        for unit in group {
            let form = units.form(*unit);
            let mut taken = Vec::new();
            text.clear();
            blank(units, &index, &form, &mut taken, &mut text);
            local.push(Sha256::digest(text.as_bytes()).into());
            steps.push(taken);
        }
        let mut values = local.clone();
        let mut count = distinct(&values);
        loop {
            values = local
                .iter()
                .zip(&steps)
                .map(|(local, steps)| round(local, steps, &values))
                .collect();
            let now = distinct(&values);
            if now == count {
                return Self { index, values };
            }
            count = now;
        }
    }

    /// What each member means, bound to all the group says.
    pub(super) fn colours(&self) -> Vec<String> {
        let mut all = self.values.clone();
        all.sort_unstable();
        all.dedup();
        let mut whole = Sha256::new();
        for value in &all {
            whole.update(value);
        }
        let whole = whole.finalize();
        self.values
            .iter()
            .map(|value| {
                let mut state = Sha256::new();
                state.update(value);
                state.update(whole);
                named(&state.finalize())
            })
            .collect()
    }
}

fn distinct(values: &[Hash]) -> usize {
    values.iter().collect::<HashSet<_>>().len()
}

fn round(local: &Hash, steps: &[Step], values: &[Hash]) -> Hash {
    let mut state = Sha256::new();
    state.update(local);
    for step in steps {
        match step {
            Step::One(member) => state.update(values[*member]),
            Step::Any(members) => {
                let mut sorted: Vec<&Hash> = members.iter().map(|at| &values[*at]).collect();
                sorted.sort_unstable();
                for value in sorted {
                    state.update(value);
                }
            }
        }
    }
    state.finalize().into()
}

/// Appends a unit's text with the group left blank, and tells which of the group stood in the blanks.
fn blank(
    units: &Units<'_, '_>,
    index: &HashMap<u32, usize>,
    form: &Form<'_>,
    steps: &mut Vec<Step>,
    out: &mut String,
) {
    match form {
        Form::Unit(unit) if index.contains_key(unit) => {
            steps.push(Step::One(index[unit]));
            out.push('#');
        }
        Form::Text(_) | Form::Unit(_) => form.write(out, &mut |unit, out| units.outside(unit, out)),
        Form::Map(entries) => {
            for (key, value) in entries {
                let _ = write!(out, "{}{key}:", key.len());
                blank(units, index, value, steps, out);
            }
            out.push('}');
        }
        Form::List(items) => {
            for item in items {
                blank(units, index, item, steps, out);
                out.push(',');
            }
            out.push(']');
        }
        Form::Set(items) => {
            let mut members = Vec::new();
            let mut parts: Vec<(String, Vec<Step>)> = Vec::new();
            for item in items {
                if let Form::Unit(unit) = item
                    && let Some(member) = index.get(unit)
                {
                    members.push(*member);
                    continue;
                }
                let (mut text, mut inner) = (String::new(), Vec::new());
                blank(units, index, item, &mut inner, &mut text);
                parts.push((text, inner));
            }
            // A stable sort: parts that differ in their blanks only keep the order they are written in.
            parts.sort_by(|a, b| a.0.cmp(&b.0));
            let _ = write!(out, "{}", members.len());
            for (text, inner) in parts {
                out.push('|');
                out.push_str(&text);
                steps.extend(inner);
            }
            out.push(']');
            steps.push(Step::Any(members));
        }
    }
}
