//! The world room against real folders, real repositories, and a server on this machine; nothing needs a network.

mod commit;
mod folder;
mod history;
mod listing;
mod open;
mod output;
mod repository;
#[cfg(feature = "probe")]
mod wire;
