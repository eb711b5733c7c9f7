//! What is let through for a while, because it stood when the gate came: `.contract/baseline.yaml` (`contract.baseline/v1`).

use super::{
    Fault, FileKind, Place,
    open::{contract_id, hexadecimal, line, read, text, twice},
};
use crate::tree::fields::Value;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The baseline, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// Every change that is let through; none twice.
    pub list: Vec<Accepted>,
}

/// A change that is let through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The contract's id.
    pub contract: String,
    /// What binds: `cf1:` and 40 hexadecimal digits.
    pub fingerprint: String,
    /// The rule's id, for people.
    pub rule: String,
    /// The element id, for people.
    pub element: String,
    /// Why.
    pub reason: String,
    /// The last day on which it counts.
    pub expires: Date,
    /// Where it stands.
    pub place: Place,
}

impl Baseline {
    /// Reads `.contract/baseline.yaml`; `file` is what faults call it.
    ///
    /// # Errors
    /// Everything that is wrong with it, by its places.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        read(file, bytes, FileKind::Baseline, |fields| {
            let mut places: BTreeMap<(String, String), Place> = BTreeMap::new();
            let list = fields.required("changes")?.each(|item| {
                let one = accepted(item)?;
                let key = (one.contract.clone(), one.fingerprint.clone());
                match places.get(&key) {
                    Some(first) => {
                        twice(item, &format!("the change `{}`", one.fingerprint), *first);
                    }
                    None => drop(places.insert(key, one.place)),
                }
                Some(one)
            })?;
            Some(Self { list })
        })
    }

    /// The entry of a change, whether it still counts or not.
    #[must_use]
    pub fn of(&self, contract: &str, fingerprint: &str) -> Option<&Accepted> {
        let mut list = self.list.iter();
        list.find(|one| one.contract == contract && one.fingerprint == fingerprint)
    }
}

fn accepted(item: Value<'_>) -> Option<Accepted> {
    let mut fields = item.fields("a change")?;
    let contract = fields.required("contract").and_then(contract_id);
    let fingerprint = fields.required("fingerprint");
    let fingerprint = fingerprint.and_then(|value| hexadecimal(value, "cf1:", 40));
    let rule = fields.required("rule").and_then(line);
    let element = fields.required("element").and_then(line);
    let reason = fields.required("reason").and_then(text);
    let expires = fields.required("expires").and_then(Value::date);
    let place = fields.position().into();
    fields.finish();
    Some(Accepted {
        contract: contract?,
        fingerprint: fingerprint?,
        rule: rule?,
        element: element?,
        reason: reason?,
        expires: expires?,
        place,
    })
}
