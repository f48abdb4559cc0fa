//! `canread man`: the manual pages.

use std::fs;
use std::io;
use std::path::Path;

use canread_syntax::{Diagnostic, Sources};
use clap::CommandFactory;
use clap_mangen::Man as Page;

use crate::{
    args::{Args, Color, Man},
    exit,
    output::{self, file},
};

pub(crate) fn man(args: &Man) -> u8 {
    let mut command = Args::command();
    command.build();
    let Some(dir) = &args.dir else {
        let page = page(command).unwrap_or_default();
        return output::print(&String::from_utf8_lossy(&page), exit::COMPATIBLE);
    };
    match write_all(command, dir) {
        Ok(count) => output::print(&format!("{count} pages written to {}\n", dir.display()), exit::COMPATIBLE),
        Err(error) => {
            let message = format!("the manual pages can't be written to `{}`: {error}", dir.display());
            output::complain(&[Diagnostic::error("man/unwritable", message)], &Sources::default(), Color::Auto);
            exit::FAILED
        }
    }
}

fn page(command: clap::Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    Page::new(command).render(&mut page)?;
    Ok(page)
}

/// One page a command; those of a command's own commands too.
fn write_all(command: clap::Command, dir: &Path) -> io::Result<usize> {
    fs::create_dir_all(dir)?;
    let mut pending = vec![command];
    let mut count = 0;
    while let Some(command) = pending.pop() {
        pending.extend(command.get_subcommands().filter(|command| !command.is_hide_set()).cloned());
        let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
        let page = String::from_utf8_lossy(&page(command)?).into_owned();
        file::write(&dir.join(format!("{name}.1")), &page)?;
        count += 1;
    }
    Ok(count)
}
