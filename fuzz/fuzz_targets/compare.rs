//! Two versions: every rule over every change, also of a history, and every format of reports. A version does not
//! differ from itself, and equal inputs give equal reports.

#![no_main]

use canread_fuzz::{Language, compare_versions, one_thread};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: one_thread(), |data: &[u8]| compare_versions(Language::Protobuf, data));
