//! Raw results: criterion's samples, what was counted, and callgrind's sums.

use std::fs;
use std::path::Path;

use serde_json::Value;

/// Our name among the codecs.
const OURS: &str = "canread";

/// Everything that a run left behind.
#[derive(Default)]
pub(super) struct Results {
    /// In the order in which the jobs ran.
    pub(super) cells: Vec<Cell>,
    pub(super) sizes: Vec<Size>,
}

/// A task with a set of records, and what it took each codec.
pub(super) struct Cell {
    pub(super) format: String,
    pub(super) task: String,
    pub(super) shape: String,
    pub(super) codecs: Vec<Codec>,
}

/// What a task took one codec: the whole set of records.
#[derive(Default)]
pub(super) struct Codec {
    pub(super) name: String,
    /// The best sample.
    pub(super) nanoseconds: Option<f64>,
    /// Of the sample of the set, as are the next ones.
    pub(super) allocations: Option<f64>,
    pub(super) instructions: Option<f64>,
}

/// Bytes of a set of records.
pub(super) struct Size {
    pub(super) format: String,
    pub(super) shape: String,
    pub(super) records: f64,
    pub(super) bytes: f64,
    pub(super) zstd: f64,
}

impl Size {
    /// From a line of JSON.
    pub(super) fn of(line: &Value) -> Result<Self, String> {
        Ok(Self {
            format: text(line, "format")?.to_owned(),
            shape: text(line, "shape")?.to_owned(),
            records: number(line, "records")?,
            bytes: number(line, "bytes")?,
            zstd: number(line, "zstd")?,
        })
    }
}

/// One of the figures of a codec.
pub(super) type Figure = fn(&Codec) -> Option<f64>;

impl Cell {
    pub(super) fn ours(&self, figure: Figure) -> Option<f64> {
        self.codecs.iter().find(|codec| codec.name == OURS).and_then(figure)
    }

    /// The peer with the lowest figure.
    pub(super) fn best_peer(&self, figure: Figure) -> Option<(&str, f64)> {
        let peers = self.codecs.iter().filter(|codec| codec.name != OURS);
        let figures = peers.filter_map(|codec| Some((codec.name.as_str(), figure(codec)?)));
        figures.min_by(|one, other| one.1.total_cmp(&other.1))
    }

    /// How many times ours the best peer takes.
    pub(super) fn ratio(&self, figure: Figure) -> Option<f64> {
        Some(self.best_peer(figure)?.1 / self.ours(figure)?)
    }
}

impl Results {
    /// Reads what is there; what is not was not measured.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, or that is not what it should be.
    pub(super) fn read(folder: &Path) -> Result<Self, String> {
        let mut results = Self::default();
        // Counts come in the order of the jobs, criterion's folders in none.
        for line in lines(&folder.join("allocations.jsonl"))? {
            results.codec(text(&line, "job")?)?.allocations = Some(number(&line, "allocations")?);
        }
        for (at, line) in lines(&folder.join("instructions.jsonl"))?.iter().enumerate() {
            let sum = callgrind(&folder.join(format!("callgrind.{}", at + 1)))?;
            results.codec(text(line, "job")?)?.instructions = Some(sum);
        }
        results.times(&folder.join("criterion"))?;
        for line in lines(&folder.join("sizes.jsonl"))? {
            results.sizes.push(Size::of(&line)?);
        }
        Ok(results)
    }

    /// Jobs in which a peer takes fewer instructions than we do: format, task, and shape.
    pub(super) fn losses(&self) -> Vec<[&str; 3]> {
        let is_lost = |cell: &&Cell| cell.ratio(|codec| codec.instructions).is_some_and(|ratio| ratio < 1.0);
        self.cells.iter().filter(is_lost).map(|cell| [&*cell.format, &*cell.task, &*cell.shape]).collect()
    }

    /// What is known of a job, named `format|task|shape|codec`.
    pub(super) fn codec(&mut self, job: &str) -> Result<&mut Codec, String> {
        let [format, task, shape, name] = job.split('|').collect::<Vec<_>>()[..] else {
            return Err(format!("`{job}` is no name of a job"));
        };
        let is_it = |cell: &Cell| cell.format == format && cell.task == task && cell.shape == shape;
        let at = self.cells.iter().position(is_it).unwrap_or_else(|| {
            let [format, task, shape] = [format, task, shape].map(str::to_owned);
            self.cells.push(Cell { format, task, shape, codecs: Vec::new() });
            self.cells.len() - 1
        });
        let codecs = &mut self.cells[at].codecs;
        let at = codecs.iter().position(|codec| codec.name == name).unwrap_or_else(|| {
            codecs.push(Codec { name: name.to_owned(), ..Codec::default() });
            codecs.len() - 1
        });
        Ok(&mut codecs[at])
    }

    /// Criterion has a folder for each group, with one for each function, whose last run is in `new`.
    fn times(&mut self, folder: &Path) -> Result<(), String> {
        for group in folders(folder)? {
            for function in folders(&group)? {
                let new = function.join("new");
                if !new.join("sample.json").exists() {
                    continue;
                }
                let benchmark = json(&new.join("benchmark.json"))?;
                let job = format!("{}|{}", text(&benchmark, "group_id")?, text(&benchmark, "function_id")?);
                self.codec(&job)?.nanoseconds = Some(best(&json(&new.join("sample.json"))?)?);
            }
        }
        Ok(())
    }
}

/// The lowest time of an iteration. Another process can only make one longer.
fn best(sample: &Value) -> Result<f64, String> {
    let numbers = |name| {
        let list = sample.get(name).and_then(Value::as_array).ok_or_else(|| format!("a sample without `{name}`"))?;
        Ok::<Vec<f64>, String>(list.iter().filter_map(Value::as_f64).collect())
    };
    let (times, iterations) = (numbers("times")?, numbers("iters")?);
    let each = times.iter().zip(&iterations).map(|(time, iterations)| time / iterations);
    each.min_by(f64::total_cmp).ok_or_else(|| "a sample of nothing".to_owned())
}

/// What callgrind summed up in one file.
fn callgrind(path: &Path) -> Result<f64, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    let sum = text.lines().find_map(|line| line.strip_prefix("summary: ").or_else(|| line.strip_prefix("totals: ")));
    let sum = sum.and_then(|sum| sum.trim().parse().ok());
    sum.ok_or_else(|| format!("{} has no sum", path.display()))
}

fn folders(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
    let mut folders: Vec<_> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect();
    folders.sort();
    Ok(folders)
}

fn json(path: &Path) -> Result<Value, String> {
    let bytes = fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    serde_json::from_slice(&bytes).map_err(|error| format!("{}: {error}", path.display()))
}

fn lines(path: &Path) -> Result<Vec<Value>, String> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text = fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    text.lines()
        .map(|line| serde_json::from_str(line).map_err(|error| format!("{}: {error}", path.display())))
        .collect()
}

pub(super) fn text<'v>(value: &'v Value, name: &str) -> Result<&'v str, String> {
    value.get(name).and_then(Value::as_str).ok_or_else(|| format!("no `{name}` in {value}"))
}

fn number(value: &Value, name: &str) -> Result<f64, String> {
    value.get(name).and_then(Value::as_f64).ok_or_else(|| format!("no `{name}` in {value}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_best_sample_counts() {
        assert_eq!(best(&json!({"iters": [10.0, 20.0, 10.0], "times": [50.0, 80.0, 45.0]})), Ok(4.0));
        assert!(best(&json!({"iters": [], "times": []})).is_err());
    }

    #[test]
    fn the_best_peer_decides() {
        let mut results = Results::default();
        for (job, instructions) in [("F|t|s|canread", 100.0), ("F|t|s|a", 300.0), ("F|t|s|b", 50.0)] {
            results.codec(job).expect("a name of a job").instructions = Some(instructions);
        }
        let cell = &results.cells[0];
        assert_eq!(cell.best_peer(|codec| codec.instructions), Some(("b", 50.0)));
        assert_eq!(cell.ratio(|codec| codec.instructions), Some(0.5));
        assert_eq!(results.losses(), [["F", "t", "s"]]);
        assert!(results.codec("F|t|s").is_err());
    }
}
