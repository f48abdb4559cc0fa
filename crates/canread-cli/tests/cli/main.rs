//! The command as users meet it: the built binary, run in directories of its own.
//!
//! | file | claims |
//! |---|---|
//! | `avro` | Avro files: found, read, and what becomes of changes in them |
//! | `approvals` | breaks that somebody accepted: written, counted, out of date |
//! | `changelog` | what each release changed, over tags and over directories |
//! | `canonical` | canonical forms and fingerprints |
//! | `lint` | what bites later: found, weighed, and not found where it is none |
//! | `fmt` | files laid out, and what is never done to them |
//! | `check` | verdicts, exit codes and flags of `check`, on the shop and on small pairs |
//! | `other_commands` | `diff`, `explain`, `rules`, help and usage errors |
//! | `config` | `canread.toml`: found, counted before and behind flags and variables, wrong |
//! | `init` | the first step in a repository, and that what it writes works |
//! | `generated` | completions, manual pages, the JSON Schema |
//! | `schemas` | the schemas with a history in this repository, and what their documents say |
//! | `services` | the GitHub action and the pre-commit hook, run here |
//! | `json`, `sarif` | the two reports that programs read, key by key |
//! | `broken_schemas` | what is wrong inside of files |
//! | `odd_files` | what is wrong with files, directories and names |
//! | `sizes` | schemas of sizes that nobody writes |
//! | `histories` | several old versions: tags, ranges, paths, and what was retired among them |
//! | `revisions` | what is wrong with baselines from git |
//! | `descriptor_sets` | schemas that came from a compiler |
//! | `formats` | every output format, over runs of every kind |
//! | `foreign_readers` | reports as others read them: a parser of test reports, a browser |
//! | `report_files` | many reports of one run, in files |
//! | `outputs` | pipes, full disks, terminals; equal runs are equal |

mod approvals;
mod avro;
mod broken_schemas;
mod canonical;
mod changelog;
mod check;
mod config;
mod descriptor_sets;
mod docs;
mod fmt;
mod foreign_readers;
mod formats;
mod generated;
mod histories;
mod init;
mod json;
mod lint;
mod lock;
mod odd_files;
mod old_versions;
mod other_commands;
mod outputs;
mod report_files;
mod revisions;
mod sarif;
mod schemas;
mod services;
mod sizes;
mod unchecked;
mod undecided;
mod world;
