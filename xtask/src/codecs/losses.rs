//! Jobs in which a peer is known to take fewer instructions than we do.

/// A loss, and why it stays.
struct Known {
    /// Format, task, and shape.
    job: [&'static str; 3],
    reason: &'static str,
}

const KNOWN_LOSSES: &[Known] = &[Known {
    job: ["Protobuf", "encoded length", "deep"],
    reason: "each level of a record is held to the depth that a reader takes, which peers do not look at",
}];

/// Holds the losses of a run to the list.
///
/// # Errors
///
/// A loss that is not in the list, or one in the list that is none any more, in one line.
pub(super) fn held_to_list(losses: &[[&str; 3]]) -> Result<(), String> {
    if let Some(new) = losses.iter().find(|loss| KNOWN_LOSSES.iter().all(|known| known.job != **loss)) {
        return Err(format!("a peer takes fewer instructions: {}", new.join(", ")));
    }
    match KNOWN_LOSSES.iter().find(|known| !losses.contains(&known.job)) {
        Some(Known { job, reason }) => {
            Err(format!("no loss any more: {}; take it from the list, which says: {reason}", job.join(", ")))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_are_those_of_the_list_no_more_and_no_fewer() {
        let known: Vec<_> = KNOWN_LOSSES.iter().map(|known| known.job).collect();
        assert_eq!(held_to_list(&known), Ok(()));
        let more = [known.clone(), vec![["F", "t", "s"]]].concat();
        assert_eq!(held_to_list(&more), Err("a peer takes fewer instructions: F, t, s".to_owned()));
        if let Some((_, fewer)) = known.split_first() {
            assert!(held_to_list(fewer).is_err_and(|error| error.starts_with("no loss any more")));
        }
    }
}
