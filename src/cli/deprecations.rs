//! `contract deprecations`: what is deprecated, until when, and who still uses it.

use super::{
    args::DeprecationsArgs,
    failure::Failure,
    gate::{Standing, marked, with_elements},
    output, render,
    sides::{committed_tree, working_tree},
    told::Told,
};
use crate::policy::affected::Known;
use crate::policy::deprecations::{self, Deprecation, Listing};
use crate::policy::files::Stability;
use crate::policy::lifecycle::Lives;
use crate::report::Deprecations;
use crate::text::nearest;
use crate::world::{self, Wire};
use jiff::civil::Date;
use std::collections::BTreeSet;

pub(super) fn run(args: &DeprecationsArgs, told: Told) -> Result<u8, Failure> {
    let today = match args.today.as_deref().map(world::parse_date) {
        Some(Ok(date)) => date,
        Some(Err(error)) => return Err(Failure::usage(error.to_string(), "write YYYY-MM-DD")),
        None => world::today(),
    };
    let tree = match &args.at {
        Some(rev) => committed_tree(rev)?,
        None => working_tree(None)?,
    };
    let standing = Standing::load(tree, &Wire::new(&[])?)?;
    for failure in &standing.pairs.failures {
        told.failure(failure);
    }
    let ids: BTreeSet<&str> = standing
        .contracts()
        .map(|(options, _)| options.contract.as_str())
        .collect();
    if let Some(wanted) = &args.contract {
        named(wanted, &ids)?;
    }
    let wanted = |id: &str| args.contract.as_deref().is_none_or(|only| only == id);
    let mut list = Vec::new();
    for (options, bundle) in standing.contracts() {
        let id = options.contract.as_str();
        if !wanted(id) {
            continue;
        }
        list.extend(with_elements(bundle, id, |contract, elements| {
            let stability = standing.terms.get(id).map(|terms| terms.stability.1);
            let ledger = &standing.state.ledger.list;
            let lives = Lives::new(id, Some(elements), ledger, stability.unwrap_or_default());
            let marked = marked(contract, options);
            deprecations::deprecations(&Listing {
                bundle: Some(bundle),
                marked: &marked,
                ..listing(&standing, id, &lives, today)
            })
        }));
    }
    list.extend(gone(&standing, &ids, &wanted, today));
    // The most urgent first, whatever contract it is in.
    list.sort_by_key(Deprecation::urgency);
    let told_of = Deprecations {
        today,
        version: standing.version.clone(),
        contracts: ids.iter().filter(|id| wanted(id)).count(),
        list: &list,
        due: args.due,
    };
    let text = render::deprecations(&told_of, args.format, told);
    output::print(text.as_bytes())?;
    let due = u8::from(!told_of.due().is_empty());
    let code = standing.pairs.failures.iter().map(|failure| failure.code);
    Ok(code.max().unwrap_or(due))
}

fn listing<'l, 'd>(
    standing: &'l Standing,
    id: &'l str,
    lives: &'l Lives<'l, 'd>,
    today: Date,
) -> Listing<'l, 'd> {
    Listing {
        contract: id,
        bundle: None,
        lives,
        marked: &[],
        today,
        overdue_after: standing.policy.deprecation.overdue_after,
        known: Known {
            registry: &standing.state.consumers,
            usage: &standing.state.usage,
        },
    }
}

/// What the ledger says of contracts that are not there.
fn gone(
    standing: &Standing,
    ids: &BTreeSet<&str>,
    wanted: &dyn Fn(&str) -> bool,
    today: Date,
) -> Vec<Deprecation> {
    let ledger = &standing.state.ledger.list;
    let lost: BTreeSet<&str> = standing
        .pairs
        .lost
        .iter()
        .map(|lost| lost.id.as_str())
        .collect();
    let others: BTreeSet<&str> = ledger
        .iter()
        .map(|record| record.contract.as_str())
        // A contract that cannot be read is not gone.
        .filter(|id| !ids.contains(id) && !lost.contains(id) && wanted(id))
        .collect();
    let mut list = Vec::new();
    for id in others {
        let lives = Lives::new(id, None, ledger, Stability::default());
        list.extend(deprecations::deprecations(&listing(
            standing, id, &lives, today,
        )));
    }
    list
}

fn named(wanted: &str, ids: &BTreeSet<&str>) -> Result<(), Failure> {
    if ids.contains(wanted) {
        return Ok(());
    }
    let help = match nearest(wanted, ids.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if ids.is_empty() => "there is no contract at all".to_owned(),
        None => {
            let known: Vec<&str> = ids.iter().copied().collect();
            format!("there are {}", known.join(", "))
        }
    };
    Err(Failure::usage(
        format!("there is no contract `{wanted}`"),
        help,
    ))
}
