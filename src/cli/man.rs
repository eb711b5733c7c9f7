//! `contract man`: the manual, page by page.

use super::{
    args::{Cli, ManArgs},
    failure::Failure,
    output,
};
use crate::world;
use clap::{Command, CommandFactory};
use clap_mangen::Man;

pub(super) fn run(args: &ManArgs) -> Result<u8, Failure> {
    let mut command = Cli::command();
    command.build();
    let Some(folder) = &args.dir else {
        output::print(&page(&command)?)?;
        return Ok(0);
    };
    world::write_file_atomically(&folder.join("contract.1"), &page(&command)?)?;
    for part in command.get_subcommands() {
        if part.get_name() == "help" {
            continue;
        }
        // `man contract-diff` is how people look for it.
        let name = format!("contract-{}", part.get_name());
        let file = folder.join(format!("{name}.1"));
        world::write_file_atomically(&file, &page(&part.clone().display_name(name))?)?;
    }
    Ok(0)
}

fn page(command: &Command) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    Man::new(command.clone())
        .render(&mut bytes)
        .map_err(|error| Failure::incomplete(format!("the page cannot be written: {error}")))?;
    Ok(bytes)
}
