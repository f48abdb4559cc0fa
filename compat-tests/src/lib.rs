//! Cases of every rule, on disk: `cases/<rule id>/<case>/`.
//!
//! | file | holds |
//! |---|---|
//! | `old.proto`, `new.proto` (or `.avsc`, `.avpr`), or folders `old/`, `new/` | the two versions |
//! | `v1.proto`, `v2.proto`, …, or folders `v1/`, `v2/`, … | instead of those: a history, whose last version is the new one |
//! | `report.txt` | every finding of every rule, with mode `full`, all promises and every opt-in rule |
//!
//! Of a history every version is compared with the new one, as in the mode `full-transitive`, and the report says with
//! which versions a finding is about (`against v1, v2`).
//!
//! `imports/` holds files of others that cases import, as far as they need them. They are the same in both versions.
//!
//! A case whose name starts with `near_` is a near miss: the rule that the folder is named after
//! must stay silent there. In any other case it must speak. The tests are in `tests/`.
//!
//! `soundness/` writes values with one version of a case and reads them with the other, by Python's Protobuf, and says
//! where that contradicts what the rules claim.
//!
//! `tests/hostile/` gives broken bytes to every decoder, and counts the memory; `tests/interop/` lets others read what we write.
//!
//! For Avro, `oracles/replay_avro.py` does the same with fastavro.
