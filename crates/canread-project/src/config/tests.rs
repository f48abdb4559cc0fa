//! What is read, what is refused, and how; and that the JSON Schema says the same.

use std::collections::BTreeSet;
use std::path::PathBuf;

use canread_compat::{Mode, Policy, Severity, Surface};
use serde_json::Value;

use super::read::{ALLOW_KEYS, KEYS, PATH_KEYS};
use super::{Config, ConfigError, Date, NewApproval, SCHEMA, Word, read};

fn read(text: &str) -> Result<Config, Box<ConfigError>> {
    read::config("canread.toml", PathBuf::from("/p/canread.toml"), PathBuf::from("/p"), text.as_bytes().to_vec())
}

fn config(text: &str) -> Config {
    read(&format!("version = 1\n{text}")).unwrap_or_else(|error| panic!("{:?}", error.diagnostics))
}

/// Every mistake as `line:column message; help`, in a file that starts with its version.
#[track_caller]
fn mistakes(text: &str) -> Vec<String> {
    mistakes_of(&format!("version = 1\n{text}"))
}

#[track_caller]
fn mistakes_of(text: &str) -> Vec<String> {
    let error = read(text).expect_err("something is wrong");
    let shown = |problem: &canread_syntax::Diagnostic| {
        let position = error.sources.position(problem.span().expect("mistakes have places"));
        let help = problem.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        format!("{}:{} {}{help}", position.line, position.column, problem.message)
    };
    error.diagnostics.iter().map(shown).collect()
}

fn policy(config: &Config, path: Option<&str>) -> Policy {
    let mut policy = Policy::default();
    config.apply(path, &mut policy);
    policy
}

#[test]
fn every_key_is_read() {
    let config = config(
        r#"
mode = "full"
promise = ["wire", "json"]
fail-on = "warning"
allow-undecided = true
against = "git:v1"
include = ["third_party"]
exclude = ["**/testdata"]

[rules]
"protobuf/field_renamed" = "off"
"protobuf/field_type_changed" = "note"

[[path]]
glob = "legacy/**"
mode = "none"

[[allow]]
fingerprint = "0123456789ab"
rule = "protobuf/field_renamed"
symbol = "M.f"
file = "a.proto"
reason = "nobody reads it"
until = 2026-12-31
"#,
    );
    let all = policy(&config, Some("api/a.proto"));
    assert_eq!((all.mode, all.fail_on, all.allow_undecided), (Mode::Full, Severity::Warning, true));
    assert_eq!(all.promises, BTreeSet::from([Surface::Wire, Surface::Json]));
    assert_eq!(all.severities["protobuf/field_renamed"], None);
    assert_eq!(all.severities["protobuf/field_type_changed"], Some(Severity::Note));
    assert_eq!(policy(&config, Some("legacy/a.proto")).mode, Mode::None);
    assert_eq!(policy(&config, None).mode, Mode::Full);
    assert_eq!(baselines(&config), ["git:v1"]);
    assert_eq!(config.approvals[0].until.value, Date::parse("2026-12-31").expect("a day"));
    assert_eq!(config.line(config.approvals[0].fingerprint.span), 20);
}

fn baselines(config: &Config) -> Vec<&str> {
    let against = config.against.as_ref().expect("the file names one");
    against.value.iter().map(|text| text.value.as_str()).collect()
}

#[test]
fn several_old_versions_are_a_list_and_each_knows_its_line() {
    let config = config("against = [\n  \"git:tags/v*\",\n  \"lock\",\n]\n");
    assert_eq!(baselines(&config), ["git:tags/v*", "lock"]);
    let against = config.against.as_ref().expect("the file names some");
    let lines: Vec<usize> = against.value.iter().map(|text| config.line(text.span)).collect();
    assert_eq!((config.line(against.span), lines), (2, vec![3, 4]));
}

#[test]
fn of_several_old_versions_each_has_to_be_one() {
    let expected = "expected a baseline: a directory, `git:REF`, `git:tags/GLOB`, `git:A..B`, `merge-base:REF`, `lock` or \
                    `REF:PATH`";
    assert_eq!(mistakes("against = []"), [format!("2:11 `against` is an empty list: {expected}")]);
    assert_eq!(
        mistakes("against = [\"git:v1\", \"\", 1]"),
        [format!("2:22 `against` is empty: {expected}"), format!("2:26 `against` is the number 1: {expected}")]
    );
    assert_eq!(mistakes("against = \"\""), [format!("2:11 `against` is empty: {expected}")]);
}

#[test]
fn of_two_sections_the_later_one_counts_key_by_key() {
    let config = config(
        r#"
[[path]]
glob = "api/**"
mode = "full"
fail-on = "note"
[path.rules]
"protobuf/field_renamed" = "off"

[[path]]
glob = "api/old"
mode = "forward"
"#,
    );
    let policy = policy(&config, Some("api/old/a.proto"));
    assert_eq!((policy.mode, policy.fail_on), (Mode::Forward, Severity::Note));
    assert_eq!(policy.severities["protobuf/field_renamed"], None);
}

#[test]
fn another_version_is_the_only_thing_that_is_said() {
    assert_eq!(
        mistakes_of("version = 2\nmdoe = 1"),
        ["1:11 version 2 is not known; correct the number, or use a canread that knows this version"]
    );
    assert_eq!(mistakes_of("version = \"1\""), ["1:11 `version` is `1`: expected a number; write `version = 1`"]);
    assert_eq!(
        mistakes_of("mode = \"full\""),
        ["1:1 the file does not say which version its form has; write `version = 1` at the top"]
    );
}

#[test]
fn an_unknown_key_is_an_error_that_knows_what_was_meant() {
    assert_eq!(
        mistakes("mdoe = \"full\"\nfail_on = \"note\"\ncolour = 1\n[[path]]\nglob = \"a\"\nagainst = \"x\""),
        [
            "2:1 there is no key `mdoe` here; is `mode` meant?",
            "3:1 there is no key `fail_on` here; is `fail-on` meant?",
            "4:1 there is no key `colour` here; the keys here are `against`, `allow`, `allow-undecided`, `exclude`, \
         `fail-on`, `include`, `mode`, `path`, `promise`, `rules`, `version`",
            "7:1 there is no key `against` here; the keys here are `allow-undecided`, `fail-on`, `glob`, `mode`, `promise`, \
         `rules`",
        ]
    );
}

#[test]
fn an_unknown_rule_is_an_error_that_knows_what_was_meant() {
    assert_eq!(
        mistakes("[rules]\n\"protobuf/field_renmaed\" = \"off\"\n\"field_renamed\" = \"off\"\nprotobuf.x = \"off\""),
        [
            "3:1 there is no rule `protobuf/field_renmaed`; is `protobuf/field_renamed` meant? `canread rules` lists all \
             of them",
            "4:1 there is no rule `field_renamed`; is `avro/field_renamed` or `protobuf/field_renamed` meant? `canread rules` \
             lists all of them",
            "5:1 there is no rule `protobuf`; a rule's id is written with a slash, in quotes: \
             `\"protobuf/field_type_changed\" = \"error\"`",
        ]
    );
}

#[test]
fn a_wrong_value_is_an_error_that_lists_the_choices() {
    assert_eq!(
        mistakes("mode = \"sideways\"\npromise = \"wire\"\nfail-on = 1\nallow-undecided = \"yes\"\nagainst = 1"),
        [
            "2:8 `sideways` is no mode: expected `none`, `backward`, `forward`, `full`, \
             `backward-transitive`, `forward-transitive` or `full-transitive`",
            "3:11 `promise` is `wire`: expected a list: words out of `wire`, `rpc`, `json` or `source`",
            "4:11 `fail-on` is the number 1: expected `note`, `warning` or `error`",
            "5:19 `allow-undecided` is `yes`: expected `true` or `false`",
            "6:11 `against` is the number 1: expected a baseline: a directory, `git:REF`, `git:tags/GLOB`, `git:A..B`, \
             `merge-base:REF`, `lock` or `REF:PATH`; or a list of them, the oldest first",
        ]
    );
    assert_eq!(
        mistakes("promise = [\"wires\", 1]\nmode = \"fully-transitive\"\n[rules]\n\"protobuf/field_renamed\" = 0"),
        [
            "2:12 `wires` is no promise: expected `wire`, `rpc`, `json` or `source`; is `wire` meant?",
            "2:21 `promise` is the number 1: expected words out of `wire`, `rpc`, `json` or `source`",
            "3:8 `fully-transitive` is no mode: expected `none`, `backward`, `forward`, `full`, `backward-transitive`, \
             `forward-transitive` or `full-transitive`; is `full-transitive` meant?",
            "5:28 `protobuf/field_renamed` is the number 0: expected `off`, `note`, `warning` or `error`",
        ]
    );
    assert_eq!(
        mistakes("promise = []\ninclude = \"x\"\nexclude = [\"../x\"]\n[path]\nglob = \"x\""),
        [
            "2:11 `promise` is empty; to promise nothing, write `mode = \"none\"`",
            "3:11 `include` is `x`: expected a list: directories, as seen from this file",
            "4:12 `exclude` is `../x`: expected a pattern whose parts are names, without `..` and empty ones",
            "5:1 `path` is a table: expected sections that start with `[[path]]`",
        ]
    );
}

#[test]
fn an_approval_says_what_until_when_and_why() {
    assert_eq!(
        mistakes("[[allow]]\nfingerprint = \"0123\"\nreason = \" \"\nuntil = \"soon\"\n[[allow]]\nrule = \"x/y\""),
        [
            "3:15 `0123` is no fingerprint: expected the 12 hexadecimal digits that a finding is shown with",
            "4:10 the reason is empty: an approval says why",
            "5:9 `until` is `soon`: expected a day, such as 2026-12-31",
            "6:1 an `[[allow]]` section has no `fingerprint`",
            "6:1 an `[[allow]]` section has no `until`",
            "6:1 an `[[allow]]` section has no `reason`",
            "7:8 there is no rule `x/y`; `canread rules` lists all of them",
        ]
    );
    let twice = "[[allow]]\nfingerprint = \"0123456789ab\"\nreason = \"r\"\nuntil = 2026-12-31\n";
    assert_eq!(mistakes(&format!("{twice}{twice}")), ["7:15 `0123456789ab` is approved twice; keep one of them"]);
}

#[test]
fn what_is_no_toml_is_said_at_its_place() {
    let mistakes = mistakes("mode = full\npromise = [\n");
    assert!(mistakes[0].starts_with("2:8 "), "{mistakes:?}");
    assert!(
        mistakes_of("version = 1\nversion = 1")[0].starts_with("2:1 "),
        "{:?}",
        mistakes_of("version = 1\nversion = 1")
    );
}

#[test]
fn an_approval_is_put_at_the_end_and_nothing_else_moves() {
    let until = Date::parse("2026-12-31").expect("a day");
    let new = NewApproval {
        fingerprint: "0123456789ab",
        rule: "protobuf/field_renamed",
        symbol: "M.f",
        file: Some("a.proto"),
        reason: "a \"quoted\" word, and a back\\slash",
        until,
    };
    let before = "version = 1   # as of today\n\n[rules]\n# loud\n\"protobuf/field_renamed\" = \"error\"";
    let edited = read(before).expect("well").with_approvals(&[new]).expect("it fits");
    let added = "\n\n[[allow]]\nfingerprint = \"0123456789ab\"\nrule = \"protobuf/field_renamed\"\nsymbol = \"M.f\"\n\
                 file = \"a.proto\"\nreason = \"a \\\"quoted\\\" word, and a back\\\\slash\"\nuntil = 2026-12-31\n";
    assert_eq!(edited.text, format!("{before}{added}"));
    assert_eq!(edited.places, [(8, false)]);
    let again = read(&edited.text).expect("well");
    assert_eq!(again.approvals[0].reason.value, new.reason);

    let later = NewApproval { reason: "still", until: Date::parse("2027-06-30").expect("a day"), ..new };
    let renewed = again.with_approvals(&[later]).expect("it fits");
    assert_eq!(renewed.places, [(8, true)]);
    assert!(renewed.text.ends_with("file = \"a.proto\"\nreason = \"still\"\nuntil = 2027-06-30\n"), "{}", renewed.text);
}

#[test]
fn line_ends_stay_as_they_are_and_what_can_not_be_edited_is_refused() {
    let until = Date::parse("2026-12-31").expect("a day");
    let new = NewApproval {
        fingerprint: "0123456789ab",
        rule: "protobuf/field_renamed",
        symbol: "M.f",
        file: None,
        reason: "r",
        until,
    };
    let edited = read("version = 1\r\n").expect("well").with_approvals(&[new]).expect("it fits");
    assert!(!edited.text.replace("\r\n", "").contains('\n'), "{:?}", edited.text);
    let error = read("version = 1\nallow = []\n").expect("well").with_approvals(&[new]).expect_err("no sections");
    assert_eq!(error.diagnostics[0].code, "config/not_editable");
}

fn choices<T: Word>() -> Vec<String> {
    T::choices().into_iter().map(|(word, _)| word.to_owned()).collect()
}

/// The JSON Schema and the reader know the same keys and the same words.
#[test]
fn the_schema_and_the_reader_say_the_same() {
    let schema: Value = serde_json::from_str(SCHEMA).expect("JSON");
    let keys = |pointer: &str| -> BTreeSet<String> {
        schema.pointer(pointer).and_then(Value::as_object).expect(pointer).keys().cloned().collect()
    };
    let known = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<BTreeSet<String>>();
    assert_eq!(keys("/properties"), known(KEYS));
    assert_eq!(keys("/properties/path/items/properties"), known(PATH_KEYS));
    assert_eq!(keys("/properties/allow/items/properties"), known(ALLOW_KEYS));
    let words = |pointer: &str| -> Vec<String> {
        let words = schema.pointer(pointer).and_then(Value::as_array).expect(pointer);
        words.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect()
    };
    assert_eq!(words("/$defs/mode/enum"), choices::<Mode>());
    assert_eq!(words("/$defs/promise/items/enum"), choices::<Surface>());
    assert_eq!(words("/$defs/fail-on/enum"), choices::<Severity>());
    assert_eq!(words("/$defs/rules/additionalProperties/enum"), choices::<Option<Severity>>());
    assert_eq!(schema.pointer("/properties/version/const"), Some(&super::VERSION.into()));
    let defaults = Policy::default();
    assert_eq!(schema.pointer("/$defs/mode/default"), Some(&defaults.mode.as_str().into()));
    assert_eq!(schema.pointer("/$defs/fail-on/default"), Some(&defaults.fail_on.as_str().into()));
    let promises: Vec<&str> = defaults.promises.iter().map(|surface| surface.as_str()).collect();
    assert_eq!(schema.pointer("/$defs/promise/default"), Some(&promises.into()));
    for key in ["mode", "promise", "fail-on", "allow-undecided", "rules"] {
        assert_eq!(
            schema.pointer(&format!("/properties/{key}")),
            schema.pointer(&format!("/properties/path/items/properties/{key}"))
        );
    }
}
