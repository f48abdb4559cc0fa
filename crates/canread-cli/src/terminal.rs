//! What the terminal can show.

use std::{
    env,
    io::{IsTerminal, stdout},
};

use canread_report::Style;

use crate::args::Color;

/// Columns where nobody says how many there are.
const WIDTH_DEFAULT: usize = 120;

/// The style for standard output.
///
/// Sources: <https://no-color.org>, <https://bixense.com/clicolors/>.
pub(crate) fn style(color: Color) -> Style {
    let is_terminal = stdout().is_terminal();
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let color = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if is_set("NO_COLOR") => false,
        Color::Auto if env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0" && !value.is_empty()) => true,
        Color::Auto => is_terminal && env::var_os("TERM").is_none_or(|term| term != "dumb"),
    };
    // Reports that go into files and pipes look the same everywhere.
    Style { color, unicode: is_terminal && locale_is_utf8(), width: width(is_terminal) }
}

fn locale_is_utf8() -> bool {
    let locale =
        ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()));
    locale.is_some_and(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

fn width(is_terminal: bool) -> usize {
    let columns = || env::var("COLUMNS").ok()?.parse().ok().filter(|&columns| columns >= 40);
    if is_terminal { columns().unwrap_or(WIDTH_DEFAULT) } else { WIDTH_DEFAULT }
}
