//! Sign-offs, waivers, and consumers from the command line, in real repositories with real keys.

mod common;

use common::governed::{Repo, orders};

const TODAY: &str = "2026-06-02";

#[test]
fn a_removal_is_refused_until_its_consumer_agrees() {
    let repo = Repo::governed();
    repo.contract(&["check", "--today", TODAY]).ends(0);
    repo.write("contracts/orders.yaml", &orders(&["total: {type: string}"]));
    repo.contract(&["check", "--today", TODAY]).ends(1);
}
