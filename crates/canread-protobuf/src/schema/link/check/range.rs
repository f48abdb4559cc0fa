//! Runs of numbers: which of them overlap, and which one holds a number.

use canread_model::NodeId;

/// One run of numbers, both ends included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) node: NodeId,
    /// For extensions, and not reserved.
    pub(super) is_extension: bool,
}

/// Runs sorted by their start.
#[derive(Debug, Default)]
pub(super) struct Ranges {
    sorted: Vec<Range>,
    /// For each run, which one of those up to it ends last.
    furthest: Vec<usize>,
}

impl Ranges {
    /// Sorts runs; gives each that overlaps one before it, with that one.
    pub(super) fn new(mut ranges: Vec<Range>) -> (Self, Vec<(Range, Range)>) {
        ranges.sort_by_key(|range| (range.start, range.node));
        let mut overlaps = Vec::new();
        let mut furthest: Vec<usize> = Vec::with_capacity(ranges.len());
        for (at, range) in ranges.iter().enumerate() {
            let last = furthest.last().copied();
            let Some(last) = last else {
                furthest.push(at);
                continue;
            };
            if ranges[last].end >= range.start {
                let (first, second) = (ranges[last], *range);
                overlaps.push(if first.node < second.node { (second, first) } else { (first, second) });
            }
            furthest.push(if range.end > ranges[last].end { at } else { last });
        }
        (Self { sorted: ranges, furthest }, overlaps)
    }

    /// A run that holds a number.
    pub(super) fn holding(&self, number: i64) -> Option<Range> {
        let count = self.sorted.partition_point(|range| range.start <= number);
        let last = *self.furthest.get(count.checked_sub(1)?)?;
        (self.sorted[last].end >= number).then(|| self.sorted[last])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(pairs: &[(i64, i64)]) -> (Ranges, Vec<(u32, u32)>) {
        let range = |(node, &(start, end))| Range { start, end, node: NodeId(node), is_extension: false };
        let (ranges, overlaps) = Ranges::new((0..).zip(pairs).map(range).collect());
        (ranges, overlaps.iter().map(|(one, other)| (one.node.0, other.node.0)).collect())
    }

    #[test]
    fn a_run_inside_another_overlaps_it_and_hides_nothing() {
        let (ranges, overlaps) = ranges(&[(1, 100), (5, 6), (50, 60), (200, 300)]);
        assert_eq!(overlaps, [(1, 0), (2, 0)]);
        let holding = |number| ranges.holding(number).map(|range| range.node.0);
        assert_eq!([0, 1, 7, 100, 101, 250].map(holding), [None, Some(0), Some(0), Some(0), None, Some(3)]);
    }
}
