//! `contract signoff`: consumers are asked for their word, and give it.

mod add;
mod bundle;
mod change;
mod here;
mod list;
mod markdown;
mod paper;
mod prune;
mod request;
mod select;
mod show;
mod verify;

pub(super) use add::{unprotected, worth};
pub(super) use change::{Change, changes};
pub(super) use here::Here;
pub(super) use paper::{Made, expires, one_of};
pub(super) use prune::stale;
pub(super) use select::{by_contract, select};
pub(super) use show::show;

use super::{
    args::{SignoffArgs, SignoffCommand},
    failure::Failure,
    told::Told,
};
use crate::policy::files::Decision;

pub(super) fn run(args: &SignoffArgs, told: Told) -> Result<u8, Failure> {
    match &args.command {
        SignoffCommand::Request(args) => request::run(args, told),
        SignoffCommand::Add(args) => add::run(args, Decision::Accept, told),
        SignoffCommand::Object(args) => add::run(args, Decision::Object, told),
        SignoffCommand::List(args) => list::run(args, told),
        SignoffCommand::Verify(args) => verify::run(args, told),
        SignoffCommand::Prune(args) => prune::run(args, told),
    }
}
