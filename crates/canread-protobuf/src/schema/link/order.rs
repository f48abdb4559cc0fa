//! In which order files are linked, and which of them import one another.

use canread_syntax::{Diagnostic, Span};
use rustc_hash::FxHashMap;

use super::files::{FileInfo, index};

/// Groups the files so that each group only needs groups before it. A group of more than one file, or
/// of one that imports itself, is an import cycle. The file that declares the options, if it is among
/// them, goes first: every file may use it without importing it.
///
/// Source: Tarjan's algorithm, with a stack of its own.
pub(super) fn link_order(files: &[FileInfo], descriptor: Option<u32>) -> Vec<Vec<u32>> {
    const NEW: u32 = u32::MAX;
    let mut order = Order { reached: vec![NEW; files.len()], low: vec![0; files.len()], ..Order::default() };
    order.on_stack = vec![false; files.len()];
    for start in descriptor.into_iter().chain(0..index(files.len())) {
        if order.reached[start as usize] == NEW {
            order.visit(start, files);
        }
    }
    order.groups
}

#[derive(Default)]
struct Order {
    /// When each file was reached first.
    reached: Vec<u32>,
    /// The earliest file that each file leads back to.
    low: Vec<u32>,
    on_stack: Vec<bool>,
    stack: Vec<u32>,
    count: u32,
    groups: Vec<Vec<u32>>,
}

impl Order {
    fn visit(&mut self, start: u32, files: &[FileInfo]) {
        let mut open: Vec<(u32, usize)> = vec![(start, 0)];
        self.enter(start);
        while let Some((at, next)) = open.last_mut() {
            let at = *at;
            let edge = files[at as usize].imports.get(*next);
            *next += 1;
            match edge.map(|edge| edge.target) {
                Some(Some(target)) if self.reached[target as usize] == u32::MAX => {
                    self.enter(target);
                    open.push((target, 0));
                }
                Some(Some(target)) if self.on_stack[target as usize] => {
                    self.low[at as usize] = self.low[at as usize].min(self.reached[target as usize]);
                }
                Some(_) => {}
                None => {
                    open.pop();
                    self.leave(at, open.last().map(|(parent, _)| *parent));
                }
            }
        }
    }

    fn enter(&mut self, at: u32) {
        self.reached[at as usize] = self.count;
        self.low[at as usize] = self.count;
        self.count += 1;
        self.stack.push(at);
        self.on_stack[at as usize] = true;
    }

    fn leave(&mut self, at: u32, parent: Option<u32>) {
        if let Some(parent) = parent {
            self.low[parent as usize] = self.low[parent as usize].min(self.low[at as usize]);
        }
        if self.low[at as usize] != self.reached[at as usize] {
            return;
        }
        let mut group = Vec::new();
        while let Some(member) = self.stack.pop() {
            self.on_stack[member as usize] = false;
            group.push(member);
            if member == at {
                break;
            }
        }
        group.sort_unstable();
        self.groups.push(group);
    }
}

/// The error for a group of files that import one another; `None` if they don't.
pub(super) fn cycle(group: &[u32], files: &[FileInfo]) -> Option<Diagnostic> {
    let start = *group.first()?;
    let imports_itself = files[start as usize].imports.iter().any(|edge| edge.target == Some(start));
    if group.len() == 1 && !imports_itself {
        return None;
    }
    let steps = shortest_cycle(start, group, files);
    let message = format!("these files import one another: {}", path(&steps, files));
    let mut error = Diagnostic::error("protobuf/import_cycle", message);
    for (position, (_, span)) in steps.iter().enumerate() {
        let text = if position == 0 { "the cycle starts with this import" } else { "goes on here" };
        error = error.at(*span, text);
    }
    Some(error.help("move what both need into a file of its own"))
}

/// The names along a cycle, the first one again at the end. Of a long one the middle is counted only.
fn path(steps: &[(u32, Span)], files: &[FileInfo]) -> String {
    let name = |(at, _): &(u32, Span)| files[*at as usize].name.to_string();
    let mut names: Vec<String> = steps.iter().take(NAMES_MAX).map(name).collect();
    if steps.len() > NAMES_MAX {
        names.push(format!("{} more", steps.len() - NAMES_MAX));
    }
    names.extend(steps.first().map(name));
    names.join(" → ")
}

/// Files of a cycle that its message names.
const NAMES_MAX: usize = 20;

/// From `start` along imports inside the group back to `start`: each file with the import it takes.
fn shortest_cycle(start: u32, group: &[u32], files: &[FileInfo]) -> Vec<(u32, Span)> {
    let mut came_from: FxHashMap<u32, (u32, Span)> = FxHashMap::default();
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for edge in &files[at as usize].imports {
            let Some(target) = edge.target.filter(|target| group.binary_search(target).is_ok()) else { continue };
            if came_from.contains_key(&target) {
                continue;
            }
            came_from.insert(target, (at, edge.span));
            queue.push_back(target);
        }
        if came_from.contains_key(&start) {
            break;
        }
    }
    let mut steps = Vec::new();
    let mut at = start;
    while let Some((from, span)) = came_from.get(&at) {
        steps.push((*from, *span));
        at = *from;
        if at == start {
            break;
        }
    }
    steps.reverse();
    steps
}
