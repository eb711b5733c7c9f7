//! `contract man`: the manual, page by page.

use super::{
    args::{Cli, ManArgs},
    failure::Failure,
    output,
};
use crate::world;
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use std::path::Path;

pub(super) fn run(args: &ManArgs) -> Result<u8, Failure> {
    let mut command = Cli::command();
    command.build();
    let Some(folder) = &args.dir else {
        output::print(&page(&command)?)?;
        return Ok(0);
    };
    pages(&command, "contract", folder)?;
    Ok(0)
}

/// The page of a command, and those of its own: `man contract-diff` is how people look for one.
fn pages(command: &Command, name: &str, folder: &Path) -> Result<(), Failure> {
    let file = folder.join(format!("{name}.1"));
    let named = command.clone().display_name(name.to_owned());
    world::write_file_atomically(&file, &page(&named)?)?;
    for part in command.get_subcommands() {
        if part.get_name() != "help" {
            pages(part, &format!("{name}-{}", part.get_name()), folder)?;
        }
    }
    Ok(())
}

fn page(command: &Command) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    Man::new(command.clone())
        .render(&mut bytes)
        .map_err(|error| Failure::incomplete(format!("the page cannot be written: {error}")))?;
    Ok(bytes)
}
