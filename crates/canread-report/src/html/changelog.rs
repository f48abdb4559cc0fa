//! A changelog as a page of its own, in the style of the others. It has no script.

use std::fmt::Write;

use super::text::{code, escaped, words};
use crate::changelog::{Block, Changelog, Entry, Kind, Release, unchanged};
use crate::{printable, unique};

/// Versions from which on the page has an index.
const INDEXED_MIN: usize = 4;

/// The changelog as an HTML document.
#[must_use]
pub fn render(changelog: &Changelog<'_>) -> String {
    let mut page = String::new();
    super::head("Schema changelog", None, &mut page);
    let _ = write!(
        page,
        "<body>\n<a class=\"skip\" href=\"#content\">Skip to the versions</a>\n<header class=\"neutral\">\n<div \
         class=\"inside\">\n<p class=\"tool\">canread changelog</p>\n<h1>Schema changelog</h1>\n<ul \
         class=\"facts\">\n<li>{}</li>\n<li>{}</li>\n</ul>\n</div>\n</header>\n<main id=\"content\">\n",
        words(&changelog.totals()),
        words(&changelog.promise())
    );
    let mut names = unique::Names::default();
    let blocks: Vec<(String, Block<'_>)> =
        changelog.blocks().into_iter().map(|block| (names.take(&anchor(&block)), block)).collect();
    index(&blocks, &mut page);
    if blocks.is_empty() {
        page.push_str("<p class=\"nothing\">Nothing changed.</p>\n");
    }
    for (id, block) in &blocks {
        match block {
            Block::Release(one) => release(one, id, &mut page),
            Block::Unchanged(names) => sentence(&unchanged(names), &mut page),
        }
    }
    if let Some(without) = changelog.without() {
        sentence(&without, &mut page);
    }
    let tool = concat!("canread ", env!("CARGO_PKG_VERSION"));
    let _ = write!(
        page,
        "</main>\n<footer>{tool}.<span class=\"screen\"> <code>canread explain RULE</code> tells what a rule looks for, \
         and why.</span></footer>\n</body>\n</html>\n"
    );
    page
}

/// What a link to a version says: letters and digits of its name.
fn anchor(block: &Block<'_>) -> String {
    let Block::Release(release) = block else { return "unchanged".to_owned() };
    let is_plain = |character: char| character.is_ascii_alphanumeric() || ".-_".contains(character);
    let title = release.title();
    let plain: String = title.chars().map(|character| if is_plain(character) { character } else { '-' }).collect();
    format!("version-{plain}")
}

fn index(blocks: &[(String, Block<'_>)], page: &mut String) {
    let releases = blocks.iter().filter_map(|(id, block)| match block {
        Block::Release(release) => Some((id, *release)),
        Block::Unchanged(_) => None,
    });
    if releases.clone().count() < INDEXED_MIN {
        return;
    }
    page.push_str("<nav aria-label=\"Versions\">\n<ul class=\"index\">\n");
    for (id, release) in releases {
        let _ = writeln!(page, "<li><a href=\"#{id}\">{}</a></li>", title(release));
    }
    page.push_str("</ul>\n</nav>\n");
}

fn sentence(text: &str, page: &mut String) {
    let _ = writeln!(page, "<p>{}</p>", words(text));
}

fn title(release: &Release) -> String {
    escaped(&printable::line(&release.title()))
}

fn release(release: &Release, id: &str, page: &mut String) {
    let date = release.date.as_ref().map(|date| escaped(&printable::line(date)));
    let date = date.map(|date| format!(" <time datetime=\"{date}\">{date}</time>")).unwrap_or_default();
    let _ = write!(
        page,
        "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{}{date}</h2>\n<p class=\"since\">{}</p>\n",
        title(release),
        words(&release.summary())
    );
    for (kind, groups) in release.by_kind() {
        let count: usize = groups.iter().map(|group| group.len()).sum();
        let (class, label) = (class(kind), format!("{id}-{}", kind.as_str()));
        let _ = writeln!(
            page,
            "<article class=\"card {class}\" aria-labelledby=\"{label}\">\n<h3 id=\"{label}\"><span \
             class=\"badge\">{count}</span> {}</h3>",
            kind.title()
        );
        for group in groups {
            let Some(first) = group.first() else { continue };
            let _ = write!(page, "<h4>{}", code(&first.under.owner));
            if first.under.is_in_file() {
                let _ = write!(page, " <span>in {}</span>", code(&first.under.file));
            }
            page.push_str("</h4>\n<ul class=\"entries\">\n");
            for entry in group {
                let _ = writeln!(page, "<li>{}</li>", line(entry));
            }
            page.push_str("</ul>\n");
        }
        page.push_str("</article>\n");
    }
    page.push_str("</section>\n");
}

/// The class that has the colour.
fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Breaking => "error",
        Kind::Undecided | Kind::Warning | Kind::Allowed => kind.as_str(),
        Kind::Added | Kind::Removed | Kind::Changed => "change",
    }
}

fn line(entry: &Entry) -> String {
    let Some(found) = &entry.found else { return format!("{}: {}", code(&entry.symbol), words(&entry.what)) };
    let reason = found.reason.as_ref().map(|reason| format!(": {}", words(reason))).unwrap_or_default();
    format!("{}{reason} <span class=\"rule\">{}</span>", words(&entry.what), code(found.rule))
}
