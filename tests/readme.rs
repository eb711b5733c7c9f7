//! What README.md says is so: the report that it shows, the options that it names, and what each dependency is for.

#![allow(
    clippy::disallowed_methods,
    reason = "a test reads the README and starts the binary"
)]

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Command, Output},
};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(name)).expect("readable")
}

/// The text of the fences of a language, fence by fence.
fn fences<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    let open = format!("```{language}\n");
    let fences = text.split(open.as_str()).skip(1);
    fences
        .filter_map(|rest| rest.split("\n```").next())
        .collect()
}

fn contract(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_contract"))
        .args(args)
        .current_dir(ROOT)
        .env("LC_ALL", "C.UTF-8")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("FORCE_COLOR")
        .output()
        .expect("the binary starts")
}

#[test]
fn the_first_command_prints_the_report_that_is_shown() {
    let readme = file("README.md");
    let (_, start) = readme
        .split_once("## Two commands to start with\n")
        .expect("the section");
    let command = fences(start, "sh")[0];
    let args = command
        .strip_prefix("cargo run --release --locked -- ")
        .expect("it needs nothing but cargo");
    let ran = contract(&args.split(' ').collect::<Vec<_>>());
    assert_eq!(ran.status.code(), Some(1), "as the text above it says");
    let printed = String::from_utf8(ran.stdout).expect("UTF-8");
    // The head, one block, and the verdict, each word for word and in this order.
    let mut rest = printed.as_str();
    let shown = fences(start, "text")[0];
    for block in shown.split("\n\n") {
        let (_, after) = rest
            .split_once(block)
            .unwrap_or_else(|| panic!("it does not print\n{block}\nbut\n{printed}"));
        rest = after;
    }
    assert!(rest.starts_with('\n'), "the verdict ends there: {rest}");
    let loud = printed.matches("\nerror[").count() + printed.matches("\nwarning[").count();
    assert_eq!(loud, 15, "one finding of fifteen");
}

#[test]
fn every_option_that_is_named_is_there() {
    let readme = file("README.md");
    let mut looked = 0;
    for fence in fences(&readme, "sh") {
        for line in fence.replace("\\\n", " ").lines() {
            let Some((_, command)) = line.split_once("contract ") else {
                continue;
            };
            if line.trim_start().starts_with(['#', 'e']) || line.starts_with("git config") {
                continue;
            }
            let words = command
                .split(['#', '|', '>', '&'])
                .next()
                .unwrap_or_default();
            let words: Vec<&str> = words.split_whitespace().collect();
            // Subcommands come first; what is none is refused with its help.
            let nested = ["signoff", "waiver", "consumer", "probe"].contains(&words[0]);
            let mut help: Vec<&str> = words[..if nested { 2 } else { 1 }].to_vec();
            help.push("--help");
            let told = contract(&help);
            assert!(told.status.success(), "{command}");
            let told = String::from_utf8_lossy(&told.stdout);
            for option in words.iter().filter(|word| word.starts_with("--")) {
                let option = option.split('=').next().unwrap_or_default();
                assert!(told.contains(option), "`contract {command}`: no {option}");
            }
            looked += 1;
        }
    }
    assert!(looked >= 24, "{looked} commands");
}

#[test]
fn the_table_of_dependencies_is_that_of_the_manifest() {
    let manifest = file("Cargo.toml");
    let of = |heading: &str| -> BTreeSet<String> {
        let (_, section) = manifest
            .split_once(&format!("\n[{heading}]\n"))
            .expect("the section");
        let section = section.split("\n\n").next().unwrap_or_default();
        let names = section.lines().filter_map(|line| line.split_once(" = "));
        names.map(|(name, _)| name.to_owned()).collect()
    };
    let readme = file("README.md");
    let (_, section) = readme
        .split_once("\n## Dependencies\n")
        .expect("the section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let plain = |name: &str| {
        name.split(" (")
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    let rows = section.lines().filter_map(|line| line.strip_prefix("| "));
    let rows = rows.filter_map(|row| row.split(" | ").next()).skip(1);
    let told: BTreeSet<String> = rows
        .flat_map(|names| names.split(", "))
        .map(plain)
        .collect();
    assert_eq!(told, of("dependencies"));
    let (_, tests) = section
        .split_once("For tests only: ")
        .expect("the last sentence");
    for name in of("dev-dependencies") {
        let known = tests.contains(&name) || told.contains(&name);
        assert!(known, "{name} is not told about");
    }
}
