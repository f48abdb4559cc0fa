//! Lines with indentation, and blank lines only between other lines.

/// Text under construction.
#[derive(Debug, Default)]
pub(super) struct Text {
    out: String,
    depth: usize,
    /// A blank line is due before the next line.
    blank: bool,
    /// The line before opened a block.
    opened: bool,
}

impl Text {
    /// How many blocks are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// Writes one line; it may hold line ends, behind which it brings its own indentation.
    pub(super) fn line(&mut self, line: &str) {
        if self.blank {
            self.out.push('\n');
        }
        self.blank = false;
        self.opened = false;
        push_indent(&mut self.out, self.depth);
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// Asks for a blank line before the next line, unless that is the first of the file or of a block.
    pub(super) fn blank(&mut self) {
        self.blank = !self.out.is_empty() && !self.opened;
    }

    /// Asks for a blank line before the next line, unless that is the first of the file.
    pub(super) fn gap(&mut self) {
        self.blank = !self.out.is_empty();
    }

    /// Writes a line that ends with `{`; what follows is indented.
    pub(super) fn open(&mut self, line: &str) {
        self.line(line);
        self.depth += 1;
        self.opened = true;
    }

    /// Writes the `}`.
    pub(super) fn close(&mut self, line: &str) {
        self.blank = false;
        self.depth = self.depth.saturating_sub(1);
        self.line(line);
    }

    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// Two blanks a level.
pub(super) fn push_indent(out: &mut String, depth: usize) {
    out.extend(std::iter::repeat_n("  ", depth));
}
