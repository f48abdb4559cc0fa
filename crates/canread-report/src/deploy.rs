//! Who must be deployed first: the sentence that turns a verdict into a plan.

use canread_compat::{Direction, Effect, Judged, Severity, Surface, find_lint};

/// What one side makes of what the other side wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reading {
    /// It reads it.
    Fine,
    /// It reads it without the value.
    Dropped,
    /// It gets an error or another value.
    Broken,
}

/// What a finding means for the order of deployment, over both directions (also one that was not promised:
/// the order depends on what still works).
///
/// What a lint warns of has not been changed yet, a note needs no plan, generated code is not deployed against data, and what is undecided gives no order.
pub(crate) fn sentence(judged: &Judged) -> Option<String> {
    let is_lint = find_lint(judged.finding.rule.id).is_some();
    if is_lint || judged.surface == Surface::Source || judged.severity == Severity::Note || judged.is_undecided() {
        return None;
    }
    let reading = |direction| {
        let claims = judged.finding.claims.iter();
        let here = claims.filter(|claim| claim.surface == judged.surface && claim.direction == direction);
        here.map(|claim| reading(claim.effect)).max().unwrap_or(Reading::Fine)
    };
    let (backward, forward) = (reading(Direction::Backward), reading(Direction::Forward));
    match judged.surface {
        Surface::Rpc => calls(backward, forward).map(str::to_owned),
        // Where the bytes go on as before, people should know that it is only about JSON.
        Surface::Json => data(backward, forward, "JSON"),
        _ => data(backward, forward, "data"),
    }
}

fn reading(effect: Effect) -> Reading {
    match effect {
        Effect::Ok | Effect::Meaning => Reading::Fine,
        Effect::Dropped => Reading::Dropped,
        _ => Reading::Broken,
    }
}

/// `backward`: what new readers make of old data; `forward`: what old readers make of new data.
fn data(backward: Reading, forward: Reading, data: &str) -> Option<String> {
    use Reading::{Broken, Dropped, Fine};
    Some(match (backward, forward) {
        (Fine, Fine) => return None,
        (Broken, Broken) => format!(
            "no order is safe: neither side can rely on the other's {data}; put the new beside the old, and move over \
             in two steps"
        ),
        (Broken, _) => format!(
            "every writer before the first reader, and rewrite stored {data} in between: new readers cannot rely on \
             old {data}"
        ),
        (_, Broken) => format!("every reader before the first writer: old readers cannot rely on new {data}"),
        (Dropped, Fine) => format!("in any order, but new readers leave the value out of old {data}"),
        (Fine, Dropped) => format!("in any order, but old readers leave the value out of new {data}"),
        (Dropped, Dropped) => format!("in any order, but each side leaves the value out of the other's {data}"),
    })
}

/// `backward`: what new servers make of calls of old clients; `forward`: what old servers make of calls of new clients.
fn calls(backward: Reading, forward: Reading) -> Option<&'static str> {
    use Reading::Fine;
    Some(match (backward, forward) {
        (Fine, Fine) => return None,
        (Fine, _) => "every server before the first client: calls of new clients go wrong on old servers",
        (_, Fine) => "every client before the first server: calls of old clients go wrong on new servers",
        _ => {
            "no order is safe: old and new sides cannot rely on each other's calls; serve the new beside the old for a \
             while"
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use canread_compat::{Claim, Finding, Mode, Policy};

    /// The sentence for a finding with these effects, backward and forward.
    fn planned(surface: Surface, backward: Effect, forward: Effect) -> Option<String> {
        let finding = Finding::new("M.f", "`M.f` changed").claim(surface, Direction::Backward, backward).claim(
            surface,
            Direction::Forward,
            forward,
        );
        judge(finding)
    }

    fn judge(finding: Finding) -> Option<String> {
        let mut policy = Policy::default();
        policy.mode = Mode::Full;
        policy.promises = Surface::ALL.into();
        let judged = policy.judge(vec![finding]);
        sentence(judged.first()?)
    }

    #[test]
    fn the_order_follows_from_what_each_side_makes_of_the_others_data() {
        use Effect::{Dropped, Error, Lossy, Meaning, Ok, Reinterpreted};
        for (backward, forward, expected) in [
            (Ok, Ok, ""),
            (Meaning, Ok, ""),
            (Error, Ok, "every writer before the first reader"),
            (Lossy, Dropped, "every writer before the first reader"),
            (Ok, Reinterpreted, "every reader before the first writer"),
            (Dropped, Error, "every reader before the first writer"),
            (Reinterpreted, Lossy, "no order is safe"),
            (Dropped, Ok, "in any order, but new readers leave"),
            (Meaning, Dropped, "in any order, but old readers leave"),
            (Dropped, Dropped, "in any order, but each side"),
        ] {
            for surface in [Surface::Wire, Surface::Json] {
                let sentence = planned(surface, backward, forward).unwrap_or_default();
                assert!(sentence.starts_with(expected), "{backward:?} {forward:?}: {sentence}");
                assert_eq!(sentence.is_empty(), expected.is_empty(), "{backward:?} {forward:?}: {sentence}");
                assert_eq!(sentence.contains("JSON"), surface == Surface::Json && !expected.is_empty(), "{sentence}");
            }
        }
    }

    #[test]
    fn calls_are_between_clients_and_servers() {
        for (backward, forward, expected) in [
            (Effect::Error, Effect::Ok, "every client before the first server"),
            (Effect::Meaning, Effect::Dropped, "every server before the first client"),
            (Effect::Error, Effect::Dropped, "no order is safe"),
        ] {
            let sentence = planned(Surface::Rpc, backward, forward).unwrap_or_default();
            assert!(sentence.starts_with(expected), "{sentence}");
        }
    }

    #[test]
    fn generated_code_and_notes_need_no_order() {
        assert_eq!(planned(Surface::Source, Effect::Error, Effect::Error), None);
        let dropped = Claim::on(Surface::Wire, Direction::Backward, Effect::Dropped);
        let meant = Finding::new("M.f", "`M.f` is gone on purpose").claim_as(
            dropped.surface,
            dropped.direction,
            dropped.effect,
            Severity::Note,
        );
        assert_eq!(judge(meant), None);
    }
}
