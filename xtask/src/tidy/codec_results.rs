//! The tables of the codecs are those that the recorded results print.

use super::house::House;
use super::problem::Problem;
use crate::codecs::{README, RESULTS, documents};

pub(super) fn check(house: &House) -> Vec<Problem> {
    let (Some(results), Some(readme)) = (house.text(RESULTS), house.text(README)) else { return Vec::new() };
    let next = "run `cargo xtask bench codecs --print --record`, or take the change back";
    match documents(results, readme) {
        Err(error) => vec![Problem::new(RESULTS, None, error, next)],
        Ok(documents) => documents
            .into_iter()
            .filter(|(path, text)| house.text(path) != Some(text))
            .map(|(path, _)| Problem::new(path, None, format!("has figures that {RESULTS} does not print"), next))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = r#"{"job":"F|encode|small|canread","nanoseconds":100}
{"job":"F|encode|small|peer","nanoseconds":250}
"#;

    #[test]
    fn a_figure_that_nobody_measured_is_found() {
        let marks = "<!-- printed by `cargo xtask bench codecs --record` -->\nold\n<!-- until here -->\n";
        let [(path, tables), (_, readme)] = documents(LINES, marks).expect("documents");
        let house = |tables: &str, readme: &str| House::of(&[(RESULTS, LINES), (path, tables), (README, readme)]);
        assert!(check(&house(&tables, &readme)).is_empty());
        assert_eq!(check(&house(&tables, &readme.replace("2.5", "3.5"))).len(), 1);
        assert_eq!(check(&house("", &readme)).len(), 1);
        assert!(check(&House::of(&[(README, "no results yet")])).is_empty());
    }
}
