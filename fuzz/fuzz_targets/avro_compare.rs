//! Two versions of Avro schemas: every rule over every change, and every report. A version does not differ from itself,
//! and equal inputs give equal reports.

#![no_main]

use canread_fuzz::{Version, check_comparison, files, link_valid_avro, one_thread, versions};
use canread_syntax::Sources;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: one_thread(), |data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (old, new) = versions(text);
    let Some(reports) = reports(old, new) else { return };
    let again = self::reports(old, new).expect("what could be read once can be read twice");
    assert!(reports == again, "equal inputs give other reports:\n{}\n{}", reports[1], again[1]);
});

/// Both versions compared, in every format; `None` if one of them has errors.
fn reports(old: &str, new: &str) -> Option<[String; 4]> {
    let mut sources = Sources::default();
    let old = link_valid_avro(&mut sources, "old", &files("a.avsc", old))?;
    let new = link_valid_avro(&mut sources, "new", &files("a.avsc", new))?;
    let [old, new] = [&old, &new].map(|linked| Version { schema: &linked.schema, map: &linked.map });
    Some(check_comparison(&sources, &old, &new))
}
