//! Enums.

use canread_model::{Decl, Enum, EnumValue};

use super::message::{joined, range_text};
use super::{Page, docs, options};

impl<'p> Page<'p> {
    /// Prints an enum; `head` is all in front of the brace.
    pub(super) fn enumeration(&mut self, decl: &'p Decl, declared: &'p Enum, head: &str) {
        docs::leading(&mut self.text, &decl.meta);
        self.text.open(&format!("{head} {{{}", docs::trailing_inline(&decl.meta)));
        docs::trailing_below(&mut self.text, &decl.meta);
        let place = self.place_around(&decl.full_name);
        options::statements(&mut self.text, &options::settings(&place, &decl.meta.annotations));
        self.text.blank();
        for value in &declared.values {
            self.value(decl, value);
        }
        self.text.blank();
        if !declared.reserved.ranges.is_empty() {
            let max = i64::from(i32::MAX);
            let ranges = declared.reserved.ranges.iter().map(|range| range_text(range.start, range.end, max));
            self.text.line(&format!("reserved {};", joined(ranges)));
        }
        if !declared.reserved.names.is_empty() {
            let names = declared.reserved.names.iter().map(|reserved| self.reserved_name(&reserved.name));
            self.text.line(&format!("reserved {};", joined(names)));
        }
        self.text.close("}");
    }

    fn value(&mut self, decl: &'p Decl, value: &EnumValue) {
        if docs::stand_apart(&value.meta) {
            self.text.blank();
        }
        let number = value.number.map_or_else(String::new, |number| format!(" = {number}"));
        let settings = options::settings(&self.place_around(&decl.full_name), &value.meta.annotations);
        options::statement(&mut self.text, &value.meta, &format!("{}{number}", value.name), &settings);
    }
}
