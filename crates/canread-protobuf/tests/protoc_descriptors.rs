//! Against protoc, over whole repositories:
//!
//! 1. the descriptor set that we make equals protoc's,
//! 2. protoc makes the same of the files as we print them, and printing them again changes nothing,
//! 3. a set that is read and raised again is the same, and so is what is printed from it.
//!
//! Oracle: `compat-tests/oracles/protoc_compare.py`, which runs the protoc of grpcio-tools.

#[path = "../examples/support/mod.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use canread_model::{Meta, ModuleId, Part, Schema};
use canread_protobuf::schema::descriptor::{FileDescriptorSet, ReadLimits, raise, read_descriptor_set};
use canread_protobuf::schema::print::Printer;
use canread_protobuf::schema::{LinkOptions, Linked};
use canread_syntax::Sources;
use canread_testing::Gate;

/// Files of one folder, to be given to protoc together.
#[derive(Clone)]
struct Group {
    root: PathBuf,
    include: Vec<PathBuf>,
    names: Vec<String>,
    /// Files that protoc rejects, with the reason.
    rejected: BTreeMap<String, String>,
}

#[test]
fn googleapis_of_2025_is_as_protoc_has_it() {
    googleapis_is_as_protoc_has_it("protobuf/googleapis-2025-08");
}

#[test]
fn googleapis_of_2026_is_as_protoc_has_it() {
    googleapis_is_as_protoc_has_it("protobuf/googleapis-2026-08");
}

#[test]
fn the_protobuf_repository_is_as_protoc_has_it() {
    let Some(root) = canread_testing::corpus("protobuf/protobuf-unittest") else { return };
    let groups = unittest_groups(&root);
    for group in &groups {
        check_one_by_one(group);
    }
    let files = groups.iter().map(|group| group.names.len()).sum::<usize>() + UNRELEASED.len();
    let refused = groups.iter().map(|group| group.rejected.len()).sum::<usize>() + UNRELEASED.len();
    held(
        "protobuf/protobuf-unittest",
        files,
        refused,
        "canread-protobuf/tests/protoc/rejected.txt, UNRELEASED beside it",
    );
}

fn googleapis_is_as_protoc_has_it(corpus: &str) {
    let Some(group) = googleapis(corpus) else { return };
    check_together(&group);
    held(corpus, group.names.len(), group.rejected.len(), "");
}

/// Without the oracle nothing was held to protoc.
fn held(corpus: &str, files: usize, refused: usize, listed: &str) {
    if canread_testing::python().is_some() {
        let held_to = "descriptor set equals protoc's, of the printed text too";
        Gate { corpus, held_to, files, refused, listed }.held();
    }
}

fn googleapis(name: &str) -> Option<Group> {
    let root = canread_testing::corpus(name)?;
    let names = proto_files(&root);
    Some(Group { root, include: Vec::new(), names, rejected: BTreeMap::new() })
}

/// Files that protoc accepts as an experiment, in an edition that is not released; we don't.
const UNRELEASED: [&str; 3] = [
    "conformance/test_protos/test_messages_edition_unstable.proto",
    "src/google/protobuf/compiler/cpp/cpp_file_options_test.proto",
    "src/google/protobuf/test_protos/repeated_field_proxy_test.proto",
];

/// The files by the folder from which their imports are found.
fn unittest_groups(root: &Path) -> Vec<Group> {
    let src = root.join("src");
    let other_roots: Vec<(&str, &str)> = include_str!("protoc/other_roots.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once(' ').expect("a line has a folder and a name"))
        .collect();
    let rejected: BTreeMap<&str, &str> = include_str!("protoc/rejected.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once(": ").expect("a line has a file and a reason"))
        .collect();
    let mut by_root: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in proto_files(root).into_iter().filter(|path| !UNRELEASED.contains(&&**path)) {
        let other = other_roots.iter().find(|(folder, name)| path == format!("{folder}/{name}"));
        let (folder, name) = match (other, path.strip_prefix("src/")) {
            (Some((folder, name)), _) => (*folder, *name),
            (None, Some(name)) => ("src", name),
            (None, None) => ("", &*path),
        };
        by_root.entry(folder.to_owned()).or_default().push(name.to_owned());
    }
    let groups = by_root.into_iter().map(|(folder, names)| {
        let reason = |name: &String| {
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            rejected.get(&*path).map(|reason| (name.clone(), (*reason).to_owned()))
        };
        let include = if folder == "src" { Vec::new() } else { vec![src.clone(), root.to_owned()] };
        Group { root: root.join(&folder), include, rejected: names.iter().filter_map(reason).collect(), names }
    });
    groups.collect()
}

/// One link for all files, which have names of their own.
fn check_together(group: &Group) {
    let work = tempfile::tempdir().expect("a temporary folder can be made");
    let linked = load(group, &group.names);
    let set = raised(&linked, &group.names);
    assert_same_when_read(&set, work.path());
    let printed = print(&linked, &work.path().join("printed"));
    assert_printing_is_stable(&linked, &group.names, &printed);
    compare_with_protoc(group, &group.root, &set, work.path());
    compare_with_protoc(&Group { include: Vec::new(), ..group.clone() }, &printed, &set, work.path());
}

/// A link for each file, since two of them may declare the same.
fn check_one_by_one(group: &Group) {
    let work = tempfile::tempdir().expect("a temporary folder can be made");
    let (printed, printed_from_set) = (work.path().join("printed"), work.path().join("printed_from_set"));
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for name in group.names.iter().filter(|name| !group.rejected.contains_key(*name)) {
        let names = [name.clone()];
        let linked = load(group, &names);
        let set = raised(&linked, &names);
        let from_set = assert_same_when_read(&set, work.path());
        print(&linked, &printed);
        print(&from_set, &printed_from_set);
        assert_printing_is_stable(&linked, &names, &printed);
        let parsed = FileDescriptorSet::from_bytes(&set, ReadLimits::default()).expect("our set is a set");
        for file in parsed.file {
            let name = file.name.to_string();
            let one = FileDescriptorSet { file: vec![file], unknown: Vec::new() };
            files.entry(name).or_insert_with(|| one.to_bytes());
        }
    }
    let set: Vec<u8> = files.into_values().flatten().collect();
    let accepted = Group { names: accepted(group), rejected: BTreeMap::new(), include: Vec::new(), ..group.clone() };
    compare_with_protoc(group, &group.root, &set, work.path());
    compare_with_protoc(&accepted, &printed, &set, work.path());
    compare_with_protoc(&accepted, &printed_from_set, &set, work.path());
}

fn accepted(group: &Group) -> Vec<String> {
    group.names.iter().filter(|name| !group.rejected.contains_key(*name)).cloned().collect()
}

fn load(group: &Group, names: &[String]) -> Linked {
    let roots: Vec<PathBuf> = std::iter::once(&group.root).chain(&group.include).cloned().collect();
    let (sources, linked) = support::load(&roots, names, &LinkOptions::default().with_docs(true));
    assert_no_errors(&sources, &linked, "the corpus");
    linked
}

fn raised(linked: &Linked, names: &[String]) -> Vec<u8> {
    let raised = raise(&linked.schema, Some(&support::modules(&linked.schema, names)));
    assert_eq!(raised.diagnostics, [], "{names:?}");
    raised.set.to_bytes()
}

/// Gate 3: a set says the same after it has been read, and after it has been read and printed.
fn assert_same_when_read(set: &[u8], work: &Path) -> Linked {
    let linked = read_descriptor_set("set", set, ReadLimits::default(), &LinkOptions::default());
    assert_no_errors(&Sources::default(), &linked, "the set");
    // The set has each file after its imports, so all of them in that order make it again.
    assert!(raise(&linked.schema, None).set.to_bytes() == set, "the set has changed by being read: {}", work.display());
    linked
}

/// Gate 2, second half: the printed text has the same comments, and printed again it is the same.
fn assert_printing_is_stable(original: &Linked, names: &[String], folder: &Path) {
    let (sources, linked) = support::load(&[folder.to_owned()], names, &LinkOptions::default().with_docs(true));
    assert_no_errors(&sources, &linked, "the printed text");
    let printer = Printer::new(&linked.schema);
    let originals: BTreeMap<&str, ModuleId> =
        original.schema.modules().map(|(id, module)| (&*module.name, id)).collect();
    let wanted: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    for (id, module) in linked.schema.modules() {
        let Ok(before) = fs::read_to_string(folder.join(&*module.name)) else { continue };
        assert_eq!(printer.module(id).text, before, "{}", module.name);
        // Imports may have been built in for one link, and so without comments.
        let original_id = originals.get(&*module.name).filter(|_| wanted.contains(&*module.name));
        let Some(original_id) = original_id else { continue };
        let comments = (comments(&original.schema, *original_id), comments(&linked.schema, id));
        assert_eq!(comments.0, comments.1, "comments of {}", module.name);
    }
}

/// Every comment of a module by what it belongs to, without blanks at the ends of lines.
fn comments(schema: &Schema, id: ModuleId) -> BTreeMap<String, Vec<String>> {
    let mut comments = BTreeMap::new();
    add_comments(&mut comments, "", &schema.module(id).meta);
    let mut open = schema.module(id).decls.clone();
    while let Some(decl) = open.pop().map(|id| schema.decl(id)) {
        open.extend(&decl.children);
        for part in decl.parts() {
            let (name, meta) = match part {
                Part::Decl(decl) => ("", &decl.meta),
                Part::Field(field) => (&*field.name, &field.meta),
                Part::Oneof(oneof) => (&*oneof.name, &oneof.meta),
                Part::EnumValue(value) => (&*value.name, &value.meta),
                Part::Method(method) => (&*method.name, &method.meta),
                _ => continue,
            };
            add_comments(&mut comments, &format!("{} {name}", decl.full_name), meta);
        }
    }
    comments
}

fn add_comments(comments: &mut BTreeMap<String, Vec<String>>, name: &str, meta: &Meta) {
    let Some(docs) = meta.docs.as_deref() else { return };
    let text = |comment: &str| comment.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    let all = docs.detached.iter().chain(&docs.leading).chain(&docs.trailing);
    comments.insert(name.to_owned(), all.map(|comment| text(comment)).collect());
}

/// Prints every module that was not printed before; gives the folder.
fn print(linked: &Linked, folder: &Path) -> PathBuf {
    let printer = Printer::new(&linked.schema);
    for (id, module) in linked.schema.modules() {
        let path = folder.join(&*module.name);
        if path.exists() {
            continue;
        }
        let page = printer.module(id);
        assert_eq!(page.diagnostics, [], "{}", module.name);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("the folder can be made");
        fs::write(path, page.text).expect("the file can be written");
    }
    folder.to_owned()
}

fn compare_with_protoc(group: &Group, root: &Path, set: &[u8], work: &Path) {
    let Some(mut command) = canread_testing::oracle("protoc_compare.py") else { return };
    let (list, binary, rejected) = (work.join("list.txt"), work.join("set.binpb"), work.join("rejected.json"));
    fs::write(&list, group.names.join("\n")).expect("the list can be written");
    fs::write(&binary, set).expect("the set can be written");
    let entries = group.rejected.iter().map(|(name, reason)| format!("{name:?}: {reason:?}"));
    let json = format!("{{{}}}", entries.collect::<Vec<_>>().join(", "));
    fs::write(&rejected, json).expect("the list can be written");
    command.arg(root).arg(&list).arg(&binary).arg("--protoc-json-list").arg(&rejected);
    for include in &group.include {
        command.arg("--include").arg(include);
    }
    run(&mut command, root);
}

fn run(command: &mut Command, root: &Path) {
    let output = command.output().expect("Python can be started");
    let text = String::from_utf8_lossy(&output.stdout);
    let problems = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "protoc says otherwise about {}:\n{text}{problems}", root.display());
    let verdict = text.lines().last().unwrap_or_default();
    assert!(verdict.contains(" equal 0,"), "files that are equal, but not byte by byte: {text}");
}

fn assert_no_errors(sources: &Sources, linked: &Linked, what: &str) {
    let errors = linked.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    let errors: Vec<String> = errors.map(|error| support::line(sources, error)).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}

/// Names of all `.proto` files below a folder, in order.
fn proto_files(root: &Path) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the corpus can be read") {
            let path = entry.expect("the corpus can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "proto") {
                let name = path.strip_prefix(root).expect("it stands below the root");
                files.push(name.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    files.sort();
    files
}
