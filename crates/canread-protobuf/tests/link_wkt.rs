//! The built-in well-known files say what protoc's own say.

use std::fs;
use std::path::Path;
use std::process::Command;

use canread_protobuf::schema::{LinkOptions, link, wkt};

/// Compiles files of the same names from two folders and compares the descriptors, options for the source included.
const COMPARE: &str = r#"
import os, sys, tempfile
from grpc_tools import protoc
import grpc_tools
from google.protobuf import descriptor_pb2

def compile(folder):
    out = os.path.join(tempfile.mkdtemp(), "set")
    status = protoc.main(["protoc", "-I" + folder, "--retain_options", "--descriptor_set_out=" + out, *sys.argv[2:]])
    assert status == 0, folder
    files = descriptor_pb2.FileDescriptorSet()
    with open(out, "rb") as stored:
        files.ParseFromString(stored.read())
    return {file.name: file for file in files.file}

ours = compile(sys.argv[1])
theirs = compile(os.path.join(os.path.dirname(grpc_tools.__file__), "_proto"))
print([name for name in theirs if ours.get(name) != theirs[name]], len(theirs))
"#;

#[test]
fn built_in_files_link_without_a_diagnostic() {
    let files: Vec<_> = wkt::ALL.iter().map(wkt::BuiltIn::read).collect();
    let linked = link(files, &LinkOptions::default());
    assert_eq!(linked.diagnostics, []);
    assert!(linked.schema.find("google.protobuf.FileOptions").is_some());
}

#[test]
fn built_in_files_equal_those_of_protoc() {
    let Some(python) = canread_testing::python() else { return };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("link_wkt");
    for file in wkt::ALL {
        let path = folder.join(file.name);
        fs::create_dir_all(path.parent().expect("files stand in folders")).expect("folders can be made");
        fs::write(path, file.text).expect("files can be written");
    }
    let mut command = Command::new(python);
    command.args(["-c", COMPARE]).arg(folder).args(wkt::ALL.iter().map(|file| file.name));
    let output = command.output().expect("Python runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(said.trim(), format!("[] {}", wkt::ALL.len()), "{}", String::from_utf8_lossy(&output.stderr));
}
