//! The file: its header and its declarations.

use canread_syntax::{Diagnostic, Span};

use super::super::ast::{
    CommentTable, CommentsId, File, Import, ImportKind, Item, OptionDecl, Package, Syntax, Version, Visibility,
};
use super::super::lex::{TokenKind, shown};
use super::hint::closest;
use super::{Parse, Parser, Skip};

const DECLARATIONS: [&str; 9] =
    ["message", "enum", "service", "extend", "import", "option", "package", "syntax", "edition"];

impl<'a> Parser<'a> {
    pub(super) fn file(&mut self) -> File<'a> {
        self.start();
        let mut file = File {
            span: Span::new(self.id, 0, super::tree_end(self.text)),
            syntax: None,
            package: None,
            imports: Vec::new(),
            options: Vec::new(),
            items: Vec::new(),
            comments: CommentTable::default(),
        };
        if (self.at_word("syntax") || self.at_word("edition")) && self.syntax(&mut file).is_err() {
            self.skip_statement();
        }
        while !self.at_end() {
            let before = self.token.start;
            if self.file_statement(&mut file).is_err() {
                self.skip_failed_statement(before);
            }
            if self.at(b'}') {
                self.unexpected(Diagnostic::error("protobuf/syntax", "this `}` closes nothing"));
                self.finish_block();
            }
        }
        self.comments.shrink_to_fit();
        file.comments = std::mem::take(&mut self.comments);
        file
    }

    fn file_statement(&mut self, file: &mut File<'a>) -> Parse<()> {
        match self.word() {
            ";" => self.finish_nothing(),
            "message" => {
                let message = self.message(None, self.token.start)?;
                file.items.push(Item::Message(message));
            }
            "enum" => {
                let enumeration = self.enumeration(None, self.token.start)?;
                file.items.push(Item::Enum(enumeration));
            }
            "service" => file.items.push(Item::Service(self.service()?)),
            "extend" => file.items.push(Item::Extend(self.extend()?)),
            "import" => self.import(&mut file.imports)?,
            "option" => file.options.push(self.option_statement()?),
            "package" => self.package(&mut file.package)?,
            "syntax" | "edition" => self.late_syntax(file)?,
            "export" | "local" => {
                let start = self.token.start;
                match self.visibility()? {
                    (visibility, Visible::Message) => file.items.push(Item::Message(self.message(visibility, start)?)),
                    (visibility, Visible::Enum) => file.items.push(Item::Enum(self.enumeration(visibility, start)?)),
                }
            }
            _ => return Err(self.not_a_declaration()),
        }
        Ok(())
    }

    fn not_a_declaration(&mut self) -> Skip {
        const EXPECTED: &str = "a declaration such as `message`";
        match closest(self.word(), &DECLARATIONS) {
            Some(word) => self.expected_help(EXPECTED, format!("did you mean `{word}`?")),
            None if self.at(b'}') => Skip,
            None => self.expected(EXPECTED),
        }
    }

    /// `syntax = "proto3";` or `edition = "2023";`, from its first word on.
    fn syntax(&mut self, file: &mut File<'a>) -> Parse<()> {
        let start = self.token.start;
        let is_edition = self.at_word("edition");
        self.bump();
        let labels_are_missed = std::mem::replace(&mut self.labels_are_missed, false);
        self.expect(b'=', if is_edition { "after `edition`" } else { "after `syntax`" })?;
        let what = if is_edition { "an edition such as \"2023\"" } else { "\"proto2\" or \"proto3\"" };
        if matches!(self.token.kind, TokenKind::Ident | TokenKind::Int) {
            return Err(self.expected_help(what, "put it in quotes"));
        }
        let (value, value_span) = self.string(what)?;
        self.has_syntax = true;
        self.labels_are_missed = labels_are_missed;
        let known = known_version(&value, is_edition);
        self.version = known.unwrap_or(Version::Edition2024);
        let comments =
            self.end_statement(if is_edition { "the `edition` statement" } else { "the `syntax` statement" });
        if known.is_none() {
            self.reports.add(unknown_version(&value, is_edition, value_span));
            self.reports.mute();
        }
        file.syntax = Some(Syntax { version: self.version, value_span, span: self.span_from(start), comments });
        Ok(())
    }

    /// A `syntax` or `edition` statement behind other statements.
    fn late_syntax(&mut self, file: &mut File<'a>) -> Parse<()> {
        let (word, span) = (self.word(), self.token_span());
        if let Some(first) = file.syntax {
            let message = format!("a second `{word}` statement");
            let diagnostic = Diagnostic::error("protobuf/syntax", message).at(span, "").at(first.span, "the first one");
            self.reports.add(diagnostic.help("remove it"));
            return Err(Skip);
        }
        let message = format!("the `{word}` statement comes too late");
        self.forbid("protobuf/syntax", span, message, "make it the first statement of the file");
        self.syntax(file)
    }

    fn package(&mut self, package: &mut Option<Package<'a>>) -> Parse<()> {
        let start = self.token.start;
        let keyword = self.token_span();
        self.bump();
        let name = self.dotted_name("a package name", false)?;
        let comments = self.end_statement("the `package` statement");
        let span = self.span_from(start);
        if let Some(first) = package {
            let diagnostic = Diagnostic::error("protobuf/syntax", "a second `package` statement").at(keyword, "");
            self.reports
                .add(diagnostic.at(first.span, "the first one").help("a file belongs to one package: remove it"));
        }
        *package = Some(Package { name, span, comments });
        Ok(())
    }

    fn import(&mut self, imports: &mut Vec<Import<'a>>) -> Parse<()> {
        let start = self.token.start;
        self.bump();
        let word = self.token_span();
        let kind = match self.word() {
            "public" => ImportKind::Public,
            "weak" => ImportKind::Weak,
            "option" => ImportKind::Option,
            _ => ImportKind::Plain,
        };
        if kind != ImportKind::Plain {
            self.bump();
        }
        let (path, path_span) = self.string("the path of a file in quotes")?;
        let comments = self.end_statement("the import");
        let import = Import { path, path_span, kind, span: self.span_from(start), comments };
        self.check_import(&import, word, imports.last());
        imports.push(import);
        Ok(())
    }

    fn check_import(&mut self, import: &Import<'_>, word: Span, before: Option<&Import<'_>>) {
        const CODE: &str = "protobuf/import_not_allowed";
        let is_2024 = self.version == Version::Edition2024;
        match import.kind {
            ImportKind::Option if !is_2024 => {
                self.forbid(CODE, word, "`import option` needs edition 2024", "use a plain `import`");
            }
            ImportKind::Weak if is_2024 => {
                self.forbid(CODE, word, "`import weak` is not allowed since edition 2024", "use `import option`");
            }
            ImportKind::Option => {}
            _ if before.is_some_and(|before| before.kind == ImportKind::Option) => {
                let message = "this import stands behind an `import option`";
                self.forbid(CODE, import.span, message, "move it before the first `import option`");
            }
            _ => {}
        }
    }

    /// `export` or `local`, at which the parser stands; afterwards it stands at `message` or `enum`.
    pub(super) fn visibility(&mut self) -> Parse<(Option<Visibility>, Visible)> {
        let visibility = if self.at_word("export") { Visibility::Export } else { Visibility::Local };
        let (word, span) = (self.word(), self.token_span());
        self.bump();
        let declares = match self.word() {
            "message" => Visible::Message,
            "enum" => Visible::Enum,
            _ => return Err(self.expected(&format!("`message` or `enum` after `{word}`"))),
        };
        if self.version != Version::Edition2024 {
            let message = format!("`{word}` needs edition 2024");
            self.forbid("protobuf/visibility_not_allowed", span, message, "remove it: every file may use this type");
        }
        Ok((Some(visibility), declares))
    }

    /// Takes the `;` at the end of a statement. A missing one is reported, and the statement kept.
    pub(super) fn end_statement(&mut self, what: &str) -> CommentsId {
        if self.at(b';') {
            return self.finish_head();
        }
        self.missing_semicolon(what);
        if !self.starts_line() {
            self.skip_statement();
        }
        CommentsId::NONE
    }

    /// `option name = value;`
    pub(super) fn option_statement(&mut self) -> Parse<OptionDecl<'a>> {
        let start = self.token.start;
        self.bump();
        let mut option = self.option()?;
        option.comments = self.end_statement("the option");
        option.span = self.span_from(start);
        Ok(option)
    }
}

/// What `export` and `local` may stand before.
pub(super) enum Visible {
    Message,
    Enum,
}

fn known_version(value: &str, is_edition: bool) -> Option<Version> {
    let versions: &[Version] =
        if is_edition { &[Version::Edition2023, Version::Edition2024] } else { &[Version::Proto2, Version::Proto3] };
    versions.iter().copied().find(|version| version.as_str() == value)
}

fn unknown_version(value: &str, is_edition: bool, span: Span) -> Diagnostic {
    const CODE: &str = "protobuf/unknown_version";
    const NEWEST: u32 = 2024;
    let value = &*shown(value);
    let year = value.parse::<u32>().ok().filter(|_| value.len() == 4);
    let (message, help) = if !is_edition && year.is_some() {
        (format!("unknown syntax \"{value}\""), format!("editions are written `edition = \"{value}\";`"))
    } else if !is_edition {
        (format!("unknown syntax \"{value}\""), "the known ones are \"proto2\" and \"proto3\"".into())
    } else if year.is_some_and(|year| year > NEWEST) {
        let message = format!("edition \"{value}\" is newer than {NEWEST}, the newest this version reads");
        (message, "update this tool, or set the file to an older edition".into())
    } else if value == "UNSTABLE" {
        let message = format!("edition \"{value}\" is not released; the newest this version reads is {NEWEST}");
        (message, "set the file to a released edition".into())
    } else {
        (format!("unknown edition \"{value}\""), "the known ones are \"2023\" and \"2024\"".into())
    };
    Diagnostic::error(CODE, message).at(span, "").help(help)
}
