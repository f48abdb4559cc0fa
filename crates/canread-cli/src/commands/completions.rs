//! `canread completions`: what makes a shell complete the arguments.

use clap::CommandFactory;

use crate::{
    args::{Args, Completions},
    exit, output,
};

pub(crate) fn completions(args: &Completions) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "canread", &mut script);
    output::print(&String::from_utf8_lossy(&script), exit::COMPATIBLE)
}
