//! The tables of the codecs are those that the recorded results print.

use super::house::House;
use super::problem::Problem;
use crate::codecs::{KEPT, Kept, README};

pub(super) fn check(house: &House) -> Vec<Problem> {
    KEPT.iter().flat_map(|kept| printed(house, kept)).collect()
}

fn printed(house: &House, kept: &Kept) -> Vec<Problem> {
    let (Some(results), Some(readme)) = (house.text(kept.results), house.text(README)) else { return Vec::new() };
    let next = format!("run `{} --print --record`, or take the change back", kept.command);
    match (kept.documents)(results, readme) {
        Err(error) => vec![Problem::new(kept.results, None, error, next)],
        Ok(documents) => documents
            .into_iter()
            .filter(|(path, text)| house.text(path) != Some(text))
            .map(|(path, _)| {
                Problem::new(path, None, format!("has figures that {} does not print", kept.results), next.clone())
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODECS: &str = r#"{"job":"F|encode|small|canread","nanoseconds":100}
{"job":"F|encode|small|peer","nanoseconds":250}
"#;
    const CONTAINER: &str = r#"{"codec":"null","reader":"canread","threads":1,"bytes":2000000,"records":5,"items":9,"seconds":2.5,"cpu_seconds":2.0,"peak_bytes":4000000}
"#;

    #[test]
    fn a_figure_that_nobody_measured_is_found() {
        for (kept, results) in KEPT.iter().zip([CODECS, CONTAINER]) {
            let marks = format!("<!-- printed by `{} --record` -->\nold\n<!-- until here -->\n", kept.command);
            let documents = (kept.documents)(results, &marks).expect("documents");
            let house = |change: fn(&str) -> String, changed: &str| {
                let texts: Vec<(&str, String)> = documents
                    .iter()
                    .map(|(path, text)| (*path, if *path == changed { change(text) } else { text.clone() }))
                    .collect();
                let texts = texts.iter().map(|(path, text)| (*path, text.as_str()));
                House::of(&texts.chain([(kept.results, results)]).collect::<Vec<_>>())
            };
            assert!(check(&house(|text| text.replace("2.5", "3.5"), "no document")).is_empty());
            for (path, _) in &documents {
                assert_eq!(check(&house(|text| text.replace("2.5", "3.5"), path)).len(), 1, "{path}");
            }
            assert_eq!(check(&House::of(&[(kept.results, results), (README, "no marks")])).len(), 1);
        }
        assert!(check(&House::of(&[(README, "no results yet")])).is_empty());
    }
}
