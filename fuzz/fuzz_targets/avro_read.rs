//! Any text is read as JSON and as IDL, and its places are places. What links says the same when it has been printed and
//! read again, and so do its canonical forms.

#![no_main]

use canread_avro::schema::{canonical_form, idl, parse, print};
use canread_fuzz::{Language, check_places, files};
use canread_model::Schema;
use canread_syntax::Sources;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut sources = Sources::default();
    let file = sources.add("a.avsc", "fuzz", data.to_vec());
    let text = sources.file(file).text();
    check_places(&sources, &parse(file, text).diagnostics);
    check_places(&sources, &idl::parse(file, text).diagnostics);
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Some(idl) = Language::Avro.link_valid(&mut Sources::default(), "fuzz", &files("a.avdl", text)) {
        let _ = printed(&idl.schema);
    }
    let Some(linked) = Language::Avro.link_valid(&mut Sources::default(), "fuzz", &files("a.avsc", text)) else {
        return;
    };
    print_and_read(&linked.schema);
});

/// Each file as text.
fn printed(schema: &Schema) -> Vec<(String, String)> {
    schema.modules().map(|(id, module)| (module.name.to_string(), print::module(schema, id))).collect()
}

fn print_and_read(schema: &Schema) {
    let texts = printed(schema);
    let files: Vec<_> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let again = Language::Avro.link(&mut Sources::default(), "printed", &files);
    let errors: Vec<_> = again.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).collect();
    // Printed text has more levels than compact text, and so may have too many.
    if errors.iter().all(|error| error.code.ends_with("too_deep")) && !errors.is_empty() {
        return;
    }
    assert!(errors.is_empty(), "what was printed does not link: {errors:#?}\n{}", shown(&texts));
    assert_eq!(schema.canonical(), again.schema.canonical(), "{}", shown(&texts));
    assert_eq!(canonical_forms(schema), canonical_forms(&again.schema), "{}", shown(&texts));
    let twice = printed(&again.schema);
    assert!(texts == twice, "printing again gives another text:\n{}\n{}", shown(&texts), shown(&twice));
}

fn canonical_forms(schema: &Schema) -> Vec<String> {
    let roots = schema.modules().filter_map(|(id, _)| print::root(schema, id));
    roots.map(|root| canonical_form(schema, root)).collect()
}

fn shown(texts: &[(String, String)]) -> String {
    texts.iter().flat_map(|(name, text)| ["//// ", name, "\n", text]).collect()
}
