//! A change of the text as lines that go and lines that come.

use std::fmt::Write;

use canread_syntax::Patch;

use super::text::{code, escaped};
use crate::excerpt::{self, Patched};
use crate::{Run, place};

/// All edits, or nothing.
pub(super) fn figures(patch: &Patch, run: &Run<'_>, page: &mut String) {
    page.extend(excerpt::of_patch(patch, run.sources).into_iter().map(figure));
}

fn figure(patched: Patched<'_>) -> String {
    let Patched { file, excerpt, edits } = patched;
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
    text
}
