//! Golden bytes that protoc wrote, held against us without protoc at hand.

use std::{
    fs,
    path::{Path, PathBuf},
};

use canread_model::Schema;
use canread_protobuf::schema::{
    LinkOptions,
    descriptor::{ReadLimits, raise, read_descriptor_set},
    read,
};
use canread_syntax::Sources;

#[test]
fn the_shop_as_text_gives_the_bytes_that_protoc_writes() {
    let root = canread_testing::workspace_root().join("schemas/shop/v3");
    let mut names = Vec::new();
    collect(&root, &root, &mut names);
    names.sort();
    let mut sources = Sources::default();
    let files: Vec<_> = names
        .iter()
        .map(|name| (name.as_str(), sources.add(name.as_str(), "v3", fs::read(root.join(name)).expect("a schema"))))
        .collect();
    let linked = read(&files, &sources, &LinkOptions::default());
    assert_eq!(linked.diagnostics, []);
    assert_eq!(raised(&linked.schema, Some(&names)), golden());
}

#[test]
fn the_bytes_that_protoc_wrote_come_back_the_same() {
    let linked = read_descriptor_set("golden", &golden(), ReadLimits::default(), &LinkOptions::default());
    assert_eq!(linked.diagnostics, []);
    assert_eq!(raised(&linked.schema, None), golden());
}

fn raised(schema: &Schema, names: Option<&[String]>) -> Vec<u8> {
    let by_name = |name: &String| schema.modules().find(|(_, module)| *module.name == **name).map(|(id, _)| id);
    let modules: Option<Vec<_>> = names.map(|names| names.iter().filter_map(by_name).collect());
    let raised = raise(schema, modules.as_deref());
    assert_eq!(raised.diagnostics, []);
    raised.set.to_bytes()
}

fn golden() -> Vec<u8> {
    let path = canread_testing::workspace_root().join("fixtures/protobuf/shop_descriptor_set/bytes.hex");
    let text: String = fs::read_to_string(path).expect("the fixture is there").split_whitespace().collect();
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hexadecimal digits"))
        .collect()
}

fn collect(root: &Path, dir: &Path, names: &mut Vec<String>) {
    for entry in fs::read_dir(dir).expect("a folder of schemas") {
        let path: PathBuf = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, names);
        } else {
            names.push(path.strip_prefix(root).expect("found below the root").to_string_lossy().into_owned());
        }
    }
}
