//! A schema that links says the same when it has been printed, or raised to descriptors, and read again.

#![no_main]

use canread_fuzz::{Language, Linked, files, one_thread};
use canread_model::Schema;
use canread_protobuf::schema::descriptor::{ReadLimits, raise, read_descriptor_set};
use canread_protobuf::schema::{LinkOptions, print::Printer, wkt};
use canread_syntax::{Diagnostic, Sources};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: one_thread(), |data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut sources = Sources::default();
    let Some(linked) = Language::Protobuf.link_valid(&mut sources, "fuzz", &files("a.proto", text)) else { return };
    print_and_read(&linked.schema);
    raise_and_read(&linked);
});

/// Each module as text.
fn printed(schema: &Schema) -> Vec<(String, String)> {
    let pages = Printer::new(schema);
    let own = schema.modules().filter(|(_, module)| wkt::find(&module.name).is_none());
    own.map(|(id, module)| {
        let page = pages.module(id);
        assert!(page.diagnostics.is_empty(), "what was read from text can be printed: {:?}", page.diagnostics);
        (module.name.to_string(), page.text)
    })
    .collect()
}

fn print_and_read(schema: &Schema) {
    let texts = printed(schema);
    let files: Vec<_> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut sources = Sources::default();
    let again = Language::Protobuf.link(&mut sources, "printed", &files);
    let errors: Vec<_> = again.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).collect();
    assert!(errors.is_empty(), "what was printed does not link: {errors:#?}\n{}", shown(&texts));
    assert_same(schema, &again.schema, &texts);
    let twice = printed(&again.schema);
    assert!(texts == twice, "printing again gives another text:\n{}\n{}", shown(&texts), shown(&twice));
}

fn raise_and_read(linked: &Linked) {
    let raised = raise(&linked.schema, None);
    assert!(raised.diagnostics.is_empty(), "what was linked can be raised: {:?}", raised.diagnostics);
    let bytes = raised.set.to_bytes();
    if bytes.is_empty() {
        return;
    }
    let again = read_descriptor_set("a.binpb", &bytes, ReadLimits::default(), &LinkOptions::default());
    let errors: Vec<&Diagnostic> = again.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).collect();
    assert!(errors.is_empty(), "what was raised does not link: {errors:#?}");
    let raised_again = raise(&again.schema, None).set.to_bytes();
    assert!(bytes == raised_again, "the set has changed by being read");
}

fn assert_same(one: &Schema, two: &Schema, texts: &[(String, String)]) {
    let (one, two) = (one.canonical(), two.canonical());
    if one != two {
        let differs = one.lines().zip(two.lines()).find(|(one, two)| one != two);
        panic!("what was printed means something else: {differs:#?}\n{}", shown(texts));
    }
}

fn shown(texts: &[(String, String)]) -> String {
    texts.iter().flat_map(|(name, text)| ["//// ", name, "\n", text]).collect()
}
