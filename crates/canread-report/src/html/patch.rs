//! A change of the text as lines that go and lines that come.

use std::fmt::Write;

use canread_syntax::{Edit, Patch};

use super::text::{code, escaped};
use crate::excerpt::{self, Excerpt};
use crate::{Run, place};

/// Edits of a patch that is shown; a longer one is for programs.
const EDITS_MAX: usize = 10;

/// All edits, or nothing: of a part of a patch nobody could tell what it lacks.
pub(super) fn figures(patch: &Patch, run: &Run<'_>, page: &mut String) {
    if patch.edits.len() > EDITS_MAX {
        return;
    }
    let of_files = patch.edits.chunk_by(|one, two| one.span.file == two.span.file);
    let figures: Option<Vec<String>> = of_files.map(|edits| figure(edits, run)).collect();
    page.extend(figures.unwrap_or_default());
}

fn figure(edits: &[Edit], run: &Run<'_>) -> Option<String> {
    let file = run.sources.file(edits.first()?.span.file);
    let excerpt = Excerpt::of(file, edits.iter().map(|edit| edit.span));
    if !excerpt.is_readable() {
        return None;
    }
    let mut mended = excerpt.text.to_string();
    for edit in edits.iter().rev() {
        mended.replace_range(excerpt.range(edit.span), &excerpt::shown(&edit.text));
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (excerpt.text.split('\n').collect(), mended.split('\n').collect());
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let before = old.iter().zip(&new).take_while(same).count();
    let after = old[before..].iter().rev().zip(new[before..].iter().rev()).take_while(same).count();
    let at = format!("{}:{}", place::path(file), excerpt.line);
    let mut text = format!(
        "<figure class=\"patch\">\n<figcaption>{}</figcaption>\n<pre tabindex=\"0\" role=\"region\" \
         aria-label=\"{}\">",
        code(&at),
        escaped(&format!("patch {at}"))
    );
    let mut line = |class: &str, sign: char, line: &str| {
        let _ = writeln!(text, "<span class=\"{class}\">{sign} {}</span>", escaped(line));
    };
    old[..before].iter().for_each(|same| line("same", ' ', same));
    old[before..old.len() - after].iter().for_each(|gone| line("gone", '-', gone));
    new[before..new.len() - after].iter().for_each(|come| line("come", '+', come));
    old[old.len() - after..].iter().for_each(|same| line("same", ' ', same));
    text.push_str("</pre>\n</figure>\n");
    Some(text)
}
