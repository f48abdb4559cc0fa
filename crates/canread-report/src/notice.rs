//! Pages of what reports show beside findings and the mistakes of files: what a run says of approvals, paths and versions.

use std::fmt::Write;

use serde_json::json;

use crate::page::paragraph;

/// Something that a report says, and that no rule finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Notice {
    /// What stands in brackets: `policy/moved_out`.
    pub id: &'static str,
    /// What it says, in a few words.
    pub title: &'static str,
    /// What that means.
    pub rationale: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

/// All of them, by id.
pub const NOTICES: &[Notice] = &[
    Notice {
        id: "approval/expired",
        title: "an approval is over",
        rationale: "The last day (UTC) of an `[[allow]]` section of canread.toml has passed, so its finding counts again. \
                    With `--fail-on warning` it fails the run also where the finding itself would not.",
        remedy: "Mend the break, or approve it anew: `canread approve FINGERPRINT --reason … --until DATE`. Then remove the old section.",
    },
    Notice {
        id: "approval/unmatched",
        title: "an approval matches nothing",
        rationale: "No finding of this run has the fingerprint of an `[[allow]]` section of canread.toml, though its file took part. \
                    The break was mended, or the old version that it was about is no longer compared with. An approval that stays \
                    behind would let the same break pass later.",
        remedy: "Remove the section.",
    },
    Notice {
        id: "policy/moved_out",
        title: "something moved to where less is checked",
        rationale: "A declaration was in a file that is checked, and is now in one to which `[[path]]` of canread.toml gives the mode \
                    none, or where a rule is off that finds a break in it. From now on nobody looks at what changes there, and a break \
                    may hide in the move itself.",
        remedy: "Move it back, or take the file out of the section; if the move is meant, the warning is gone with the next release.",
    },
    Notice {
        id: "project/newer_version",
        title: "later releases were left out",
        rationale: "The pattern of `--against` names tags whose commits came from the one that is checked: seen from here they are the \
                    future, and no reader of this version met their data.",
        remedy: "Nothing, if an older version is checked on purpose. Else check out the newest one.",
    },
    Notice {
        id: "project/no_baseline",
        title: "there is no old version to compare with",
        rationale: "The old version exists and holds no schemas at this path, or no version came before the first release. With \
                    `--allow-missing-baseline` the run succeeds and says so; of several versions, those without schemas are left out.",
        remedy: "Nothing, for the first version of a schema. If the schemas were moved, name their old path: `--against REF:PATH`.",
    },
    Notice {
        id: "project/same_version",
        title: "a version is the one that is checked",
        rationale: "An old version is the very commit that the new one comes from, with the same schemas. Of a pattern or a range it is \
                    left out. One that is named by itself is compared, and nothing can be found: such a run is green whatever that \
                    commit broke. That is what `merge-base:main` is on main itself.",
        remedy: "Compare with what came before: `git:HEAD~1`, or the last release by `git:tags/v*`.",
    },
];

/// The notice of an id.
#[must_use]
pub fn notice(id: &str) -> Option<&'static Notice> {
    NOTICES.iter().find(|notice| notice.id == id)
}

impl Notice {
    /// The page for a terminal of so many columns.
    #[must_use]
    pub fn text(&self, width: usize) -> String {
        let mut page = format!("{}: {}\n\n", self.id, self.title);
        let _ = writeln!(page, "{}", paragraph(self.rationale, "", width));
        let _ = write!(page, "What to do\n{}", paragraph(self.remedy, "  ", width));
        page
    }

    /// The page as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        format!("# `{}`: {}\n\n{}\n\n## What to do\n\n{}\n", self.id, self.title, self.rationale, self.remedy)
    }

    /// The page as one JSON object.
    ///
    /// # Panics
    ///
    /// Never: an object of texts is JSON.
    #[must_use]
    pub fn json(&self) -> String {
        let Self { id, title, rationale, remedy } = self;
        let object = json!({"id": id, "title": title, "rationale": rationale, "remedy": remedy});
        serde_json::to_string_pretty(&object).expect("an object of texts is JSON") + "\n"
    }
}
