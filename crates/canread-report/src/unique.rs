//! Names that occur once in a report, where those who read it take equal ones for the same.

use std::collections::HashMap;

/// Names that are taken.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// With the last number that was put behind each.
    taken: HashMap<String, usize>,
}

impl Names {
    /// The name, with a number behind it if it is taken.
    pub(crate) fn take(&mut self, name: &str) -> String {
        let mut given = name.to_owned();
        let mut number = self.taken.get(name).copied().unwrap_or(1);
        while self.taken.contains_key(&given) {
            number += 1;
            given = format!("{name}-{number}");
        }
        self.taken.insert(name.to_owned(), number);
        self.taken.entry(given.clone()).or_insert(1);
        given
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn a_name_is_given_once() {
        let mut names = Names::default();
        let given = ["a", "b", "a", "a", "a-2", "a"].map(|name| names.take(name));
        assert_eq!(given, ["a", "b", "a-2", "a-3", "a-2-2", "a-4"]);
    }
}
