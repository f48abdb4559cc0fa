//! What changed between two versions, as lines of a changelog.

use std::collections::{BTreeMap, BTreeSet};

use canread_compat::{Change, Description, Judged, Pair, Reach};
use canread_project::config::{Approved, Date};
use canread_project::{Part, Release as Version, Request, Retired, Session};
use canread_report::changelog::{Entry, Under};
use canread_syntax::{Place, SourceMap, Sources};

use super::Stopped;
use crate::{
    commands::{comparison, open},
    progress::Progress,
    settings::Settings,
};

/// All that changed in the schemas of one format, and what was found about it.
struct Compared {
    changes: Vec<(Description, Under)>,
    told: Vec<Told>,
}

/// A finding, and where it belongs.
struct Told {
    judged: Judged,
    under: Under,
}

/// What a release changed. `retired` is what the releases before it took away, and has what it took away then.
pub(super) fn of(
    release: usize,
    versions: Pair<&Version>,
    retired: &mut Retired<'_>,
    settings: &Settings,
    progress: &mut Progress,
) -> Result<Vec<Entry>, Stopped> {
    let mut session = opened(versions, settings, progress)?;
    let mut changes: Vec<Vec<Description>> = Vec::new();
    let mut found: Vec<Vec<Judged>> = Vec::new();
    for part in session.parts() {
        match part.compare() {
            Ok(comparison) => {
                changes.push(comparison.changes.iter().map(Change::describe).collect());
                found.push(comparison::judge_part(comparison.findings, part, &session, settings));
            }
            Err(problem) => return Err(Stopped::by(&[*problem], session.sources)),
        }
    }
    if let Some(config) = &settings.config {
        let file = config.add_to(&mut session.sources);
        // What is wrong with approvals is said by `check`.
        let _ =
            config.allow(&mut found.iter_mut().collect::<Vec<_>>(), Approved { today: long_ago(), file }, |_| false);
    }
    let compared = session.parts().iter().zip(changes).zip(found);
    let compared: Vec<Compared> =
        compared.map(|((part, changes), found)| Compared::of(part, changes, found, &session)).collect();
    let line = retired.used_again(release, &session, |versions| opened(versions, settings, progress))?;
    retired.note(release, &session);
    let in_history = match line.as_slice() {
        [] => None,
        line => Some(in_history(line, &versions.new.at, &session, settings, progress)?),
    };
    let told: Vec<&Told> = match &in_history {
        Some(told) => told.iter().collect(),
        None => compared.iter().flat_map(|compared| &compared.told).collect(),
    };
    Ok(entries(&compared, &told))
}

/// Both versions, if they were understood.
fn opened(versions: Pair<&Version>, settings: &Settings, progress: &mut Progress) -> Result<Session, Stopped> {
    let request = Request { new: &versions.new.at, old: &versions.old.at };
    let session = open::open(settings, request, progress)?;
    if session.is_sound() { Ok(session) } else { Err(Stopped::by(&session.diagnostics, session.sources)) }
}

/// A day before any on which an approval ends: the clock says nothing about what was released.
fn long_ago() -> Date {
    Date::new(0, 1, 1).expect("the first day that there is")
}

impl Compared {
    fn of(part: &Part, changes: Vec<Description>, found: Vec<Judged>, session: &Session) -> Self {
        let maps = part.maps();
        let changes = changes.into_iter().map(|change| {
            let nodes = Pair { old: change.old.map(|node| node.0), new: change.new.map(|node| node.0) };
            let under = under(&change.symbol, places(nodes, maps), &session.sources, session);
            (change, under)
        });
        let told = found.into_iter().map(|judged| Told::of(judged, maps, &session.sources, session));
        Self { changes: changes.collect(), told: told.collect() }
    }
}

impl Told {
    fn of(judged: Judged, maps: Pair<&SourceMap>, sources: &Sources, session: &Session) -> Self {
        let node = |site: &Option<canread_compat::Site>| site.as_ref().map(|site| site.node.0);
        let nodes = Pair { old: node(&judged.finding.old), new: node(&judged.finding.new) };
        let under = under(&judged.finding.symbol, places(nodes, maps), sources, session);
        Self { judged, under }
    }
}

fn places(nodes: Pair<Option<u32>>, maps: Pair<&SourceMap>) -> Pair<Option<Place>> {
    let place = |node: Option<u32>, map: &SourceMap| map.place(node?);
    Pair { old: place(nodes.old, maps.old), new: place(nodes.new, maps.new) }
}

fn under(symbol: &str, places: Pair<Option<Place>>, sources: &Sources, session: &Session) -> Under {
    let name = |place: Place| sources.file(place.name.file).name();
    let file = match places {
        Pair { new: Some(place), .. } => session.places().in_new(name(place)),
        Pair { old: Some(place), .. } => session.places().in_old(name(place)),
        _ => "",
    };
    let outermost = session.parts().iter().map(|part| part.outermost(symbol)).find(|owner| *owner != symbol);
    Under { file: file.to_owned(), owner: outermost.unwrap_or(symbol).to_owned() }
}

/// The findings of a version beside those that it came from and uses something of again.
fn in_history(
    line: &[&Version],
    new: &str,
    session: &Session,
    settings: &Settings,
    progress: &mut Progress,
) -> Result<Vec<Told>, Stopped> {
    let line: Vec<String> = line.iter().map(|version| version.at.clone()).collect();
    let mut opened = open::open_all(settings, new, &line, progress)?;
    // What older versions did was told there, so only what this one does counts.
    let approvals = settings.config.as_ref().map(|config| config.add_to(opened.sources_mut()));
    let found = comparison::compare_within(&[Reach::New], &opened, settings, long_ago(), approvals);
    if !found.is_sound {
        let diagnostics = found.diagnostics;
        return Err(Stopped::by(&diagnostics, std::mem::take(opened.sources_mut())));
    }
    let mut told = Vec::new();
    for group in found.groups {
        let maps = group.maps;
        told.extend(group.findings.into_iter().map(|judged| Told::of(judged, maps, opened.sources(), session)));
    }
    Ok(told)
}

/// Findings, and the changes about which there is none.
fn entries(compared: &[Compared], told: &[&Told]) -> Vec<Entry> {
    let symbols: BTreeSet<&str> = told
        .iter()
        .flat_map(|told| {
            let finding = &told.judged.finding;
            let spoken_for = finding.speaks_for.iter().map(|(_, symbol)| symbol);
            finding.also.iter().map(|also| &also.symbol).chain(spoken_for).chain([&finding.symbol])
        })
        .map(String::as_str)
        .collect();
    let fingerprints: BTreeSet<&str> = told.iter().map(|told| &*told.judged.fingerprint).collect();
    // By what findings are called across comparisons: the changes that they are about.
    let mut about: BTreeMap<&str, &Description> = BTreeMap::new();
    let mut is_told = BTreeSet::new();
    for (at, compared) in compared.iter().enumerate() {
        for Told { judged, .. } in compared.told.iter().filter(|told| fingerprints.contains(&*told.judged.fingerprint))
        {
            is_told.extend(judged.finding.changes.iter().map(|change| (at, *change)));
            let change = judged.finding.changes.first().and_then(|change| compared.changes.get(*change));
            about.extend(change.map(|(description, _)| (&*judged.fingerprint, description)));
        }
    }
    let of_finding = |told: &&Told| {
        let change = about.get(&*told.judged.fingerprint).copied();
        Entry::of_finding(&told.judged, change, told.under.clone())
    };
    let mut entries: Vec<Entry> = told.iter().map(of_finding).collect();
    for (at, compared) in compared.iter().enumerate() {
        for (change, (description, under)) in compared.changes.iter().enumerate() {
            if !is_told.contains(&(at, change)) && !symbols.contains(&*description.symbol) {
                entries.push(Entry::of_change(description, under.clone()));
            }
        }
    }
    entries
}
