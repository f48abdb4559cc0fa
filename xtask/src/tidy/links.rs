//! Links between the Markdown files lead somewhere.

use super::house::{House, has_extension};
use super::problem::Problem;

pub(super) fn check(house: &House) -> Vec<Problem> {
    let documents = house.texts().filter(|(path, _)| has_extension(path, "md"));
    documents.flat_map(|(path, text)| in_document(house, path, text)).collect()
}

fn in_document(house: &House, path: &str, text: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (number, line) in prose(text) {
        for target in targets(&line) {
            if let Some(message) = flaw(house, path, target) {
                let next = "name the place relative to this file";
                problems.push(Problem::new(path, Some(number), format!("`{target}`: {message}"), next));
            }
        }
    }
    problems
}

/// The lines outside fenced blocks, numbered from 1, without their code spans.
fn prose(text: &str) -> impl Iterator<Item = (usize, String)> {
    let mut fenced = false;
    text.lines().enumerate().filter_map(move |(index, line)| {
        let start = line.trim_start();
        if start.starts_with("```") || start.starts_with("~~~") {
            fenced = !fenced;
            return None;
        }
        let outside_code = || line.split('`').step_by(2).collect::<Vec<_>>().join("`");
        (!fenced).then(|| (index + 1, outside_code()))
    })
}

/// Where the inline links `[…](target)` and the definitions `[…]: target` of a line lead.
fn targets(line: &str) -> Vec<&str> {
    let inline = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let definition = line.strip_prefix('[').and_then(|rest| rest.split_once("]: ")).map(|(_, target)| target);
    inline.chain(definition).filter_map(|target| target.split_whitespace().next()).collect()
}

/// What is wrong with a target; `None` for one that leads somewhere or out of the repository.
fn flaw(house: &House, from: &str, target: &str) -> Option<&'static str> {
    let target = target.trim_start_matches('<').trim_end_matches('>');
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let (file, anchor) = target.split_once('#').map_or((target, None), |(file, anchor)| (file, Some(anchor)));
    let Some(place) = resolve(from, file) else {
        return Some("leads out of the repository");
    };
    if !house.has_file(&place) && !house.has_folder(&place) {
        return Some("no tracked file or folder stands there");
    }
    let anchor = anchor.filter(|_| has_extension(&place, "md"))?;
    let known = house.text(&place).is_some_and(|text| headings(text).any(|heading| heading == anchor));
    (!known).then_some("that file has no such heading")
}

/// The path in the repository that `target`, written in the file `from`, names.
fn resolve(from: &str, target: &str) -> Option<String> {
    if target.is_empty() {
        return Some(from.to_owned());
    }
    if target.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// The anchors of a document, as the usual hosts make them from its headings.
fn headings(text: &str) -> impl Iterator<Item = String> {
    prose_with_code(text).filter_map(|line| {
        let title = line.trim_start_matches('#');
        (line.len() != title.len() && title.starts_with(' ')).then(|| anchor(title.trim()))
    })
}

/// The lines outside fenced blocks: a code span in a heading is part of its anchor.
fn prose_with_code(text: &str) -> impl Iterator<Item = &str> {
    let mut fenced = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fenced && !fence
    })
}

fn anchor(title: &str) -> String {
    let kept = title.to_lowercase();
    let kept = kept.chars().filter(|character| character.is_alphanumeric() || " -_".contains(*character));
    kept.map(|character| if character == ' ' { '-' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::problem::shown;
    use super::*;

    #[test]
    fn links_that_lead_nowhere_are_found() {
        let house = House::of(&[
            ("README.md", "[a](docs/none.md) and [b](docs/a.md#gone)\n\n[c]: ../elsewhere\n"),
            ("docs/a.md", "# Title\n[d](b.md)\n"),
        ]);
        assert_eq!(
            shown(&check(&house)),
            [
                "README.md:1: `docs/none.md`: no tracked file or folder stands there",
                "README.md:1: `docs/a.md#gone`: that file has no such heading",
                "README.md:3: `../elsewhere`: leads out of the repository",
                "docs/a.md:2: `b.md`: no tracked file or folder stands there",
            ]
        );
    }

    #[test]
    fn links_that_lead_somewhere_and_code_are_well() {
        let house = House::of(&[
            (
                "README.md",
                "[a](docs/a.md#the-check-command), [b](docs), [c](https://a.example/x), [d](#down)\n## Down\n",
            ),
            ("docs/a.md", "## The `check` command\n[up](../README.md \"title\") `[x](y)`\n```md\n[x](y)\n```\n"),
        ]);
        assert_eq!(shown(&check(&house)), [""; 0]);
    }
}
