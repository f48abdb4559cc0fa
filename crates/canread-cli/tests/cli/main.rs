//! The command as users meet it: the built binary, run in directories of its own.
//!
//! | file | claims |
//! |---|---|
//! | `avro` | Avro files: found, read, and what becomes of changes in them |
//! | `check` | verdicts, exit codes and flags of `check`, on the shop and on small pairs |
//! | `other_commands` | `diff`, `explain`, `rules`, help and usage errors |
//! | `json`, `sarif` | the two reports that programs read, key by key |
//! | `broken_schemas` | what is wrong inside of files |
//! | `odd_files` | what is wrong with files, directories and names |
//! | `sizes` | schemas of sizes that nobody writes |
//! | `histories` | several old versions: tags, ranges, paths, and what was retired among them |
//! | `revisions` | what is wrong with baselines from git |
//! | `descriptor_sets` | schemas that came from a compiler |
//! | `outputs` | pipes, full disks, terminals; equal runs are equal |

mod avro;
mod broken_schemas;
mod check;
mod descriptor_sets;
mod histories;
mod json;
mod odd_files;
mod other_commands;
mod outputs;
mod revisions;
mod sarif;
mod sizes;
mod undecided;
mod world;
