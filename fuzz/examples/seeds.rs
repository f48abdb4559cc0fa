//! Makes the inputs that fuzzing starts from, of the cases that the rules are tested with: `corpus/<target>/`, or
//! `<target>/` in the folder that is named.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use canread_fuzz::{Language, decoding, files, layers};
use canread_protobuf::schema::descriptor::raise;
use canread_syntax::Sources;

const JSON: [&str; 4] = [
    r#"{"type": "record", "name": "User", "fields": [{"name": "age", "type": ["null", "int"], "default": null}]}"#,
    "[0, -1, 1.5e10, 1E-400, 123456789012345678901234567890, true, false, null, \"\\u00e9\\ud83d\\ude00\\n\"]",
    "{\"a\": {\"a\": [[], {}, [{}]]}, \"a\": \"twice\"}",
    "\u{feff}{\"a\": 1,}",
];

const BUF: [&str; 5] = [
    "version: v2\nmodules:\n  - path: proto\n    includes: [proto/a]\n    excludes:\n      - proto/b\ndeps:\n  - buf.build/a/b\n",
    "version: v1\nbuild:\n  excludes: [a, b/c]\ndeps: []\nlint:\n  use: [DEFAULT]\n",
    "version: v1beta1\nbuild:\n  roots:\n    - proto\n    - \"vendor\"\n",
    "version: v1\ndirectories:\n  - proto\n  - 'vendor'\n",
    "# é\n{version: v2, modules: [{path: ~}]} # end\n...\n",
];

fn main() -> io::Result<()> {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = fuzz.parent().expect("this stands in the root");
    let corpus = Corpus(std::env::args_os().nth(1).map_or_else(|| fuzz.join("corpus"), PathBuf::from));
    for (at, text) in JSON.iter().enumerate() {
        corpus.add("json", &at.to_string(), text.as_bytes())?;
    }
    for (at, text) in BUF.iter().enumerate() {
        corpus.add("buf_config", &at.to_string(), text.as_bytes())?;
    }
    for target in ["protobuf_typed", "protobuf_value"] {
        corpus.add(target, "everything", &decoding::protobuf_seed())?;
    }
    for target in ["avro_typed", "avro_value"] {
        corpus.add(target, "everything", &decoding::avro_seed())?;
    }
    for (at, seed) in decoding::older_seeds().iter().enumerate() {
        corpus.add("avro_resolve", &at.to_string(), seed)?;
    }
    for (at, (target, seed)) in layers::seeds().iter().enumerate() {
        corpus.add(target, &at.to_string(), seed)?;
    }
    for name in ["proto2.proto", "edition2024.proto"] {
        let text = fs::read(root.join("crates/canread-protobuf/tests/rich").join(name))?;
        corpus.add("proto_parse", name, &text)?;
    }
    for name in ["protocol.avdl", "schema.avdl"] {
        let text = fs::read(root.join("crates/canread-avro/tests/idl/rich").join(name))?;
        corpus.add("avro_read", name, &text)?;
    }
    let cases = root.join("compat-tests/cases");
    for format in folders(&cases)? {
        for rule in folders(&format)? {
            for case in folders(&rule)? {
                for (at, pair) in versions(&case)?.windows(2).enumerate() {
                    let name = format!("{}-{}-{at}", file_name(&rule), file_name(&case));
                    let (old, new) = (version(&case, &pair[0])?, version(&case, &pair[1])?);
                    if file_name(&format) == "avro" {
                        corpus.add_avro_pair(&name, &old, &new)?;
                    } else {
                        corpus.add_pair(&name, &old, &new)?;
                    }
                }
            }
        }
    }
    let shop = folders(&root.join("schemas/shop"))?;
    for pair in shop.windows(2) {
        let name = format!("shop-{}", file_name(&pair[1]));
        corpus.add_pair(&name, &folder(&pair[0])?, &folder(&pair[1])?)?;
    }
    Ok(())
}

/// Where the inputs of every target are kept.
struct Corpus(PathBuf);

impl Corpus {
    fn add(&self, target: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
        let folder = self.0.join(target);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("seed-{name}")), bytes)
    }

    /// Two versions, for all targets that read Avro.
    fn add_avro_pair(&self, name: &str, old: &str, new: &str) -> io::Result<()> {
        self.add("avro_compare", name, format!("{old}\n//// ====\n{new}").as_bytes())?;
        for (side, text) in [("old", old), ("new", new)] {
            self.add("avro_read", &format!("{name}-{side}"), text.as_bytes())?;
        }
        Ok(())
    }

    /// Two versions, for all targets that read Protobuf.
    fn add_pair(&self, name: &str, old: &str, new: &str) -> io::Result<()> {
        self.add("compare", name, format!("{old}\n//// ====\n{new}").as_bytes())?;
        for (side, text) in [("old", old), ("new", new)] {
            let name = format!("{name}-{side}");
            for target in ["proto_parse", "proto_link", "proto_round_trip"] {
                self.add(target, &name, text.as_bytes())?;
            }
            if let Some(linked) = Language::Protobuf.link_valid(&mut Sources::default(), side, &files("a.proto", text))
            {
                self.add("descriptor_set", &name, &raise(&linked.schema, None).set.to_bytes())?;
            }
        }
        Ok(())
    }
}

/// The versions of a case, oldest first: `old` and `new`, or `v1`, `v2` and so on.
fn versions(case: &Path) -> io::Result<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for path in entries(case)? {
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_version =
            matches!(&*name, "old" | "new") || name.strip_prefix('v').is_some_and(|at| at.parse::<u32>().is_ok());
        if is_version && !names.contains(&name) {
            names.push(name);
        }
    }
    names.sort_by_key(|name| match &**name {
        "old" => 0,
        "new" => u32::MAX,
        version => version[1..].parse().unwrap_or(u32::MAX),
    });
    Ok(names)
}

/// One version of a case, as one text.
fn version(case: &Path, side: &str) -> io::Result<String> {
    let single = EXTENSIONS.map(|extension| case.join(side).with_extension(extension));
    match single.into_iter().find(|path| path.exists()) {
        Some(path) if path.extension().is_some_and(|extension| extension == "avpr") => {
            Ok(format!("//// a.avpr\n{}", fs::read_to_string(path)?))
        }
        Some(path) => fs::read_to_string(path),
        None => folder(&case.join(side)),
    }
}

/// How the files of cases end.
const EXTENSIONS: [&str; 4] = ["proto", "avsc", "avpr", "avdl"];

fn is_schema(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| EXTENSIONS.contains(&extension))
}

/// The files below a folder, as one text.
fn folder(dir: &Path) -> io::Result<String> {
    let mut text = String::new();
    let mut pending = vec![dir.to_owned()];
    while let Some(next) = pending.pop() {
        for path in entries(&next)? {
            if path.is_dir() {
                pending.push(path);
            } else if is_schema(&path) {
                let name = path.strip_prefix(dir).unwrap_or(&path).to_string_lossy();
                text.extend(["//// ", &name, "\n", &fs::read_to_string(&path)?]);
            }
        }
    }
    Ok(text)
}

fn folders(dir: &Path) -> io::Result<Vec<PathBuf>> {
    Ok(entries(dir)?.into_iter().filter(|path| path.is_dir()).collect())
}

fn entries(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(dir)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
