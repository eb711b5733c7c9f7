//! The world outside: files, git objects, standard input and output, the terminal, the date, and the network.
//!
//! The only room that touches any of them. Nothing here is eager: no process starts and no file is read before it is asked for.

mod append;
mod area;
mod commit;
mod error;
mod fetch;
mod file;
mod folder;
mod git;
mod history;
pub mod http;
mod listing;
mod location;
mod log;
mod objects;
mod open;
mod output;
mod path;
mod repository;
mod snapshot;
mod terminal;
mod today;
mod tree;
mod wire;

pub use append::{append_file, make_folder};
pub use area::{Area, AreaKind};
pub use error::{ReadError, WorldError};
pub use file::{RemoveError, keeps_bytes, read_file, remove_file};
pub use git::GitError;
pub use history::{in_ci, variable};
pub use location::{Location, LocationError};
pub use log::{Landed, Log, Wanted};
pub use open::{Opened, Opener};
pub use output::{
    Made, OutputError, Stdout, Written, stdout, write_file_atomically, write_new_file, write_stdout,
};
pub use path::normalise;
pub use repository::Repository;
pub use snapshot::Snapshot;
pub use terminal::{Stream, colours, is_terminal, shows_unicode, width};
pub use today::{DateError, parse_date, today};
pub use wire::{Wire, WireError};
