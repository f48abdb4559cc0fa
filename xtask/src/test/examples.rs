//! Every example of the library, and the services apart, run to their end and print something.
//!
//! A reader starts from an example: that it compiles is not enough.

use std::collections::BTreeSet;
use std::process::Command;

use serde::Deserialize;

use super::context::Context;
use super::step::Outcome;

/// The library whose examples run.
const LIBRARY: &str = "canread";

/// The workspace of the services.
const SERVICES: &[&str] = &["--manifest-path", "crates/canread/examples/services/Cargo.toml"];

pub(super) fn examples(context: &Context<'_>) -> Outcome {
    of_the_library(context).and_then(|()| of_services(context)).into()
}

fn of_the_library(context: &Context<'_>) -> Result<(), String> {
    let examples = programs(context, &[], LIBRARY, "example")?;
    let features: BTreeSet<&str> = examples.iter().flat_map(|example| &example.features).map(String::as_str).collect();
    // One build for all of them: each with its own features would build the library as often.
    let features = features.into_iter().collect::<Vec<_>>().join(",");
    let selection = ["--package", LIBRARY, "--features", &features];
    context.child(&mut cargo(context, &["build", "--examples"], &selection))?;
    examples.iter().try_for_each(|example| show(context, &selection, &["--example", &example.name]))
}

fn of_services(context: &Context<'_>) -> Result<(), String> {
    context.child(cargo(context, &["clippy", "--all-targets"], SERVICES).args(["--", "-D", "warnings"]))?;
    context.child(&mut cargo(context, &["test"], SERVICES))?;
    let services = programs(context, SERVICES, "canread-service-examples", "bin")?;
    services.iter().try_for_each(|service| show(context, SERVICES, &["--bin", &service.name]))
}

/// Runs one program, which is to end well and to have printed something.
fn show(context: &Context<'_>, selection: &[&str], program: &[&str]) -> Result<(), String> {
    let (ended, printed) = context.output(cargo(context, &["run", "--quiet"], selection).args(program));
    ended?;
    if printed.trim().is_empty() { Err(format!("{} printed nothing", program.join(" "))) } else { Ok(()) }
}

/// Built to run once: what it takes to compile is all that counts, a third of what the tests' own profile takes.
fn cargo(context: &Context<'_>, what: &[&str], selection: &[&str]) -> Command {
    let mut command = context.workspace().cargo();
    command.args(what).args(selection).args(["--target-dir", "target/examples"]);
    command.envs([("CARGO_PROFILE_DEV_OPT_LEVEL", "0"), ("CARGO_PROFILE_DEV_DEBUG", "0")]);
    command
}

#[derive(Debug, PartialEq, Eq)]
struct Program {
    name: String,
    features: Vec<String>,
}

/// The programs of a kind in a package; that there is none is an error.
fn programs(context: &Context<'_>, manifest: &[&str], package: &str, kind: &str) -> Result<Vec<Program>, String> {
    let arguments = ["metadata", "--no-deps", "--format-version", "1"];
    let output = context.workspace().cargo().args(arguments).args(manifest).output();
    let output = output.map_err(|error| format!("cargo metadata did not start: {error}"))?;
    let found = programs_in(&output.stdout, package, kind)?;
    if found.is_empty() { Err(format!("{package} has no program of the kind `{kind}`")) } else { Ok(found) }
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Target {
    name: String,
    kind: Vec<String>,
    #[serde(default)]
    required_features: Vec<String>,
}

fn programs_in(metadata: &[u8], package: &str, kind: &str) -> Result<Vec<Program>, String> {
    let metadata: Metadata =
        serde_json::from_slice(metadata).map_err(|error| format!("cargo metadata cannot be understood: {error}"))?;
    let packages = metadata.packages.into_iter().filter(|found| found.name == package);
    let targets = packages.flat_map(|package| package.targets);
    let targets = targets.filter(|target| target.kind.iter().any(|found| found == kind));
    Ok(targets.map(|target| Program { name: target.name, features: target.required_features }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_by_package_and_kind_with_the_features_that_they_need() {
        let metadata = br#"{"packages": [
            {"name": "canread", "targets": [
                {"name": "canread", "kind": ["lib"]},
                {"name": "derive", "kind": ["example"], "required-features": ["avro", "derive"]}]},
            {"name": "other", "targets": [{"name": "other", "kind": ["example"]}]}]}"#;
        let derive = Program { name: "derive".to_owned(), features: vec!["avro".to_owned(), "derive".to_owned()] };
        assert_eq!(programs_in(metadata, "canread", "example"), Ok(vec![derive]));
        assert_eq!(programs_in(metadata, "canread", "bin"), Ok(vec![]));
    }
}
