//! Results as tables of Markdown.

use std::fmt::Write as _;

use super::results::{Cell, Codec, Figure, Results};

/// The tables: how many times faster than the fastest peer, every figure, and sizes.
pub(super) fn text(results: &Results) -> String {
    let mut text = String::new();
    // Writing into a `String` does not fail.
    let _ = ratios(results, &mut text);
    let _ = figures(results, &mut text);
    let _ = sizes(results, &mut text);
    text
}

const NANOSECONDS: Figure = |codec| codec.nanoseconds;
const INSTRUCTIONS: Figure = |codec| codec.instructions;

/// A line for each task: a ratio for each shape, and their geometric means.
fn ratios(results: &Results, text: &mut String) -> std::fmt::Result {
    let mut shapes: Vec<&str> = Vec::new();
    let mut tasks: Vec<(&str, &str)> = Vec::new();
    for cell in &results.cells {
        push_new(&mut shapes, cell.shape.as_str());
        push_new(&mut tasks, (cell.format.as_str(), cell.task.as_str()));
    }
    writeln!(
        text,
        "Time of the fastest peer ÷ ours; below 1 a peer is faster, in **bold**. No peer does what is marked with –; apache-avro resolves, but takes twice as long with each level of `deep`.\n"
    )?;
    writeln!(text, "| | {} | mean | instructions |", shapes.join(" | "))?;
    writeln!(text, "|---|{}--:|--:|", "--:|".repeat(shapes.len()))?;
    for (format, task) in tasks {
        let cells: Vec<&Cell> =
            results.cells.iter().filter(|cell| cell.format == format && cell.task == task).collect();
        if cells.iter().all(|cell| cell.codecs.len() < 2) {
            continue;
        }
        write!(text, "| {format}: {task} |")?;
        for shape in &shapes {
            let cell = cells.iter().find(|cell| cell.shape == *shape);
            let ratio = cell.and_then(|cell| Some((cell.ratio(NANOSECONDS)?, cell.best_peer(NANOSECONDS)?.0)));
            match ratio {
                Some((ratio, peer)) => write!(text, " {} {peer} |", marked(ratio))?,
                None => write!(text, " – |")?,
            }
        }
        writeln!(text, " {} | {} |", mean(&cells, NANOSECONDS), mean(&cells, INSTRUCTIONS))?;
    }
    writeln!(text)
}

/// A line for each task, for who has little time: the geometric mean of the shapes, the worst and the best of them, and
/// the peers that are the fastest. Then what is lost.
pub(super) fn short(results: &Results) -> String {
    let mut text = String::new();
    // Writing into a `String` does not fail.
    let _ = means(results, &mut text);
    let lost = |cell: &&Cell| cell.ratio(NANOSECONDS).is_some_and(|ratio| ratio < 1.0);
    for cell in results.cells.iter().filter(lost) {
        let peer = cell.best_peer(NANOSECONDS).map_or("", |(name, _)| name);
        let ratio = cell.ratio(NANOSECONDS).map_or_else(String::new, marked);
        let _ = writeln!(
            text,
            "\n{peer} is faster at {}: {}, of the shape `{}`: {ratio}.",
            cell.format, cell.task, cell.shape
        );
    }
    text
}

fn means(results: &Results, text: &mut String) -> std::fmt::Result {
    let (mut formats, mut tasks): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for cell in &results.cells {
        push_new(&mut formats, cell.format.as_str());
        push_new(&mut tasks, cell.task.as_str());
    }
    writeln!(text, "| time of the fastest peer ÷ ours | {} |", formats.join(" | "))?;
    writeln!(text, "|---|{}", "---|".repeat(formats.len()))?;
    for task in tasks {
        write!(text, "| {task} |")?;
        for format in &formats {
            let cells = results.cells.iter().filter(|cell| cell.format == *format && cell.task == task);
            let cells: Vec<&Cell> = cells.filter(|cell| cell.ratio(NANOSECONDS).is_some()).collect();
            write!(text, " {} |", mean_and_span(&cells))?;
        }
        writeln!(text)?;
    }
    Ok(())
}

fn mean_and_span(cells: &[&Cell]) -> String {
    let mut ratios: Vec<f64> = cells.iter().filter_map(|cell| cell.ratio(NANOSECONDS)).collect();
    ratios.sort_by(f64::total_cmp);
    let [worst, .., best] = &ratios[..] else {
        return match cells.first().and_then(|cell| cell.best_peer(NANOSECONDS)) {
            Some((peer, _)) => format!("{} ({peer})", mean(cells, NANOSECONDS)),
            None => "–".to_owned(),
        };
    };
    let mut peers = Vec::new();
    for (peer, _) in cells.iter().filter_map(|cell| cell.best_peer(NANOSECONDS)) {
        push_new(&mut peers, peer);
    }
    format!("{} ({} to {}; {})", mean(cells, NANOSECONDS), marked(*worst), marked(*best), peers.join(", "))
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

fn marked(ratio: f64) -> String {
    if ratio < 1.0 { format!("**{ratio:.2}**") } else { format!("{ratio:.1}") }
}

/// The geometric mean of the ratios that there are.
fn mean(cells: &[&Cell], figure: Figure) -> String {
    let logarithms: Vec<f64> = cells.iter().filter_map(|cell| cell.ratio(figure)).map(f64::ln).collect();
    let Ok(count) = u32::try_from(logarithms.len()) else { return String::new() };
    if count == 0 {
        return "–".to_owned();
    }
    marked((logarithms.iter().sum::<f64>() / f64::from(count)).exp())
}

/// A line for each codec.
fn figures(results: &Results, text: &mut String) -> std::fmt::Result {
    writeln!(text, "Everything: the time of the whole set, and counts of the sample.\n")?;
    writeln!(text, "| | shape | codec | ns | ÷ ours | instructions | ÷ ours | allocations |")?;
    writeln!(text, "|---|---|---|--:|--:|--:|--:|--:|")?;
    for cell in &results.cells {
        for codec in &cell.codecs {
            write!(text, "| {}: {} | {} | {} |", cell.format, cell.task, cell.shape, codec.name)?;
            for figure in [NANOSECONDS, INSTRUCTIONS] {
                write!(text, " {} | {} |", whole(figure(codec)), against_ours(cell, codec, figure))?;
            }
            writeln!(text, " {} |", whole(codec.allocations))?;
        }
    }
    writeln!(text)
}

fn against_ours(cell: &Cell, codec: &Codec, figure: Figure) -> String {
    let ratio = figure(codec).zip(cell.ours(figure)).map(|(theirs, ours)| theirs / ours);
    ratio.map_or_else(|| "–".to_owned(), marked)
}

fn whole(figure: Option<f64>) -> String {
    figure.map_or_else(|| "–".to_owned(), |figure| grouped(&format!("{figure:.0}")))
}

/// Digits in groups of three.
fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn sizes(results: &Results, text: &mut String) -> std::fmt::Result {
    writeln!(text, "Bytes of a record: raw, and of the whole set by zstd at its default level.\n")?;
    writeln!(text, "| shape | format | records | raw | zstd |\n|---|---|--:|--:|--:|")?;
    for size in &results.sizes {
        let each = |bytes: f64| whole(Some(bytes / size.records));
        let (raw, zstd) = (each(size.bytes), each(size.zstd));
        writeln!(text, "| {} | {} | {} | {raw} | {zstd} |", size.shape, size.format, size.records)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_are_marked() {
        assert_eq!((marked(0.654), marked(2.04)), ("**0.65**".to_owned(), "2.0".to_owned()));
    }

    #[test]
    fn digits_stand_in_groups() {
        assert_eq!([grouped("1"), grouped("1234"), grouped("123456")], ["1", "1,234", "123,456"]);
    }
}
