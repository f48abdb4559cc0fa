//! What the terminal can show.

use std::{
    env,
    io::{IsTerminal, stderr, stdout},
};

use canread_report::Style;

use crate::args::Color;

/// Columns within which a report can be read.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=240;
/// Columns of running text: longer lines are hard to read.
const PROSE_WIDTH_MAX: usize = 100;

/// Columns of running text in files and pipes: the same everywhere.
const PROSE_WIDTH_DEFAULT: usize = 80;

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stream {
    Out,
    Error,
}

impl Stream {
    fn is_terminal(self) -> bool {
        match self {
            Self::Out => stdout().is_terminal(),
            Self::Error => stderr().is_terminal(),
        }
    }
}

/// How a report may look on a stream.
///
/// Sources: <https://no-color.org>, <https://bixense.com/clicolors/>.
pub(crate) fn style(color: Color, stream: Stream) -> Style {
    let is_terminal = stream.is_terminal();
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let color = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if is_set("NO_COLOR") => false,
        Color::Auto if env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0" && !value.is_empty()) => true,
        Color::Auto => is_terminal && !is_dumb(),
    };
    Style { color, unicode: is_terminal && locale_is_utf8(), width: width(is_terminal) }
}

/// Columns for running text on standard output.
pub(crate) fn prose_width() -> usize {
    width(stdout().is_terminal()).map_or(PROSE_WIDTH_DEFAULT, |width| width.min(PROSE_WIDTH_MAX))
}

/// Whether a line on standard error can be written over.
pub(crate) fn can_show_progress() -> bool {
    stderr().is_terminal() && !is_dumb()
}

fn is_dumb() -> bool {
    env::var_os("TERM").is_some_and(|term| term == "dumb")
}

fn locale_is_utf8() -> bool {
    let locale =
        ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()));
    locale.is_some_and(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// `COLUMNS` first: a person who sets it means it.
fn width(is_terminal: bool) -> Option<usize> {
    let said = || env::var("COLUMNS").ok()?.parse().ok();
    let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let width: usize = is_terminal.then(|| said().or_else(seen))??;
    Some(width.clamp(*WIDTHS.start(), *WIDTHS.end()))
}
