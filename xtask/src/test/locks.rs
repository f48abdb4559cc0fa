//! Every lock file fits its manifests.
//!
//! cargo mends the lock file of a workspace whenever it builds it, and nobody builds those apart by the way: a dependency that a crate
//! gains here is missing there, until a fresh clone says so.

use super::context::Context;
use super::step::Outcome;
use crate::workspace::WORKSPACES_APART;

pub(super) fn locks(context: &Context<'_>) -> Outcome {
    for manifest in std::iter::once(&"Cargo.toml").chain(WORKSPACES_APART) {
        match state(context, manifest) {
            Ok(()) => {}
            Err(Misfit::Stale) => return Outcome::failed(stale(manifest)),
            Err(Misfit::Unknown(reason)) => return Outcome::skipped(unknown(manifest, &reason)),
        }
    }
    Outcome::passed()
}

/// Why a lock file is not known to fit.
#[derive(Debug, PartialEq, Eq)]
enum Misfit {
    /// It would be written anew.
    Stale,
    /// cargo could not tell: without a network perhaps.
    Unknown(String),
}

/// Asks cargo without a network first, which is quick and does where everything was fetched before.
fn state(context: &Context<'_>, manifest: &str) -> Result<(), Misfit> {
    let ask = |network: &[&str]| {
        let arguments = ["tree", "--quiet", "--depth", "0", "--locked", "--manifest-path", manifest];
        let (ended, printed) = context.output(context.workspace().cargo().args(arguments).args(network));
        ended.map_err(|reason| misfit(reason, &printed))
    };
    ask(&["--offline"]).or_else(|_| ask(&[]))
}

/// What cargo's refusal says.
fn misfit(reason: String, printed: &str) -> Misfit {
    if printed.contains("because --locked was passed") { Misfit::Stale } else { Misfit::Unknown(reason) }
}

fn stale(manifest: &str) -> String {
    let lock = manifest.replace(".toml", ".lock");
    format!(
        "{lock} does not fit the manifests: `cargo tree --depth 0 --manifest-path {manifest}` mends it, then commit it"
    )
}

fn unknown(manifest: &str, reason: &str) -> String {
    format!("whether the lock file beside {manifest} fits is not known: {reason}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_file_that_would_be_written_anew_is_stale_and_the_message_says_what_mends_it() {
        let printed =
            "error: cannot update the lock file fuzz/Cargo.lock because --locked was passed to prevent this\n";
        assert_eq!(misfit("failed".to_owned(), printed), Misfit::Stale);
        assert_eq!(
            stale("fuzz/Cargo.toml"),
            "fuzz/Cargo.lock does not fit the manifests: `cargo tree --depth 0 --manifest-path fuzz/Cargo.toml` mends it, then commit it"
        );
    }

    #[test]
    fn a_registry_that_does_not_answer_is_no_verdict() {
        let printed = "error: failed to download from a registry\n";
        assert_eq!(misfit("failed".to_owned(), printed), Misfit::Unknown("failed".to_owned()));
    }
}
