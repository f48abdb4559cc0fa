//! A service that links a codec gets no parser: without their features, format crates stand on few others.

use toml::{Table, Value};

use super::house::{House, line_where};
use super::problem::Problem;

/// What codecs are made of, and what each of these may always depend on.
const LEAN: &[(&str, &[&str])] = &[
    ("crates/canread-wire/Cargo.toml", &[]),
    ("crates/canread-json/Cargo.toml", &["canread-wire", "itoa", "zmij"]),
    ("crates/canread-record/Cargo.toml", &["canread-wire"]),
    ("crates/canread-avro/Cargo.toml", &["canread-record", "canread-wire"]),
    ("crates/canread-protobuf/Cargo.toml", &["canread-record", "canread-wire"]),
];

pub(super) fn check(house: &House) -> Vec<Problem> {
    LEAN.iter().flat_map(|(path, allowed)| in_manifest(house, path, allowed)).collect()
}

fn in_manifest(house: &House, path: &str, allowed: &[&str]) -> Vec<Problem> {
    let Some(text) = house.text(path) else { return Vec::new() };
    // What is wrong with the text itself is said by the check of manifests.
    let Ok(manifest) = toml::from_str::<Table>(text) else { return Vec::new() };
    let Some(dependencies) = manifest.get("dependencies").and_then(Value::as_table) else { return Vec::new() };
    let is_optional = |value: &Value| value.get("optional").and_then(Value::as_bool) == Some(true);
    dependencies
        .iter()
        .filter(|(name, value)| !allowed.contains(&name.as_str()) && !is_optional(value))
        .map(|(name, _)| {
            let line = line_where(text, |line| line.starts_with(name.as_str()));
            let message = format!("`{name}` is linked by every service that links this codec");
            Problem::new(path, line, message, "make it optional, behind the feature that needs it")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::problem::shown;
    use super::*;

    fn problems(manifest: &str) -> Vec<String> {
        shown(&check(&House::of(&[("crates/canread-protobuf/Cargo.toml", manifest)])))
    }

    #[test]
    fn what_codecs_stand_on_and_what_is_optional_is_well() {
        let manifest = "[dependencies]\ncanread-record.workspace = true\nmemchr = { version = \"2\", optional = true }\n\
                        [dev-dependencies]\nserde_json = \"1\"\n";
        assert_eq!(problems(manifest), [""; 0]);
    }

    #[test]
    fn a_parser_that_everybody_gets_is_found() {
        let manifest = "[dependencies]\ncanread-record.workspace = true\ncanread-syntax.workspace = true\n";
        assert_eq!(
            problems(manifest),
            ["crates/canread-protobuf/Cargo.toml:3: `canread-syntax` is linked by every service that links this codec"]
        );
    }
}
