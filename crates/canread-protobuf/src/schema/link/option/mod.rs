//! Third pass: options, built-in and custom ones, become annotations.
//!
//! An option's name starts in one of the `google.protobuf.*Options` messages and
//! goes on through fields and extensions; its value is read with the type of the
//! field it ends in.
//!
//! | file | does |
//! |---|---|
//! | `universe` | where the options messages are declared |
//! | `name`, `index` | which field a name means |
//! | `scalar`, `message` | values |
//! | `once` | an option that is set twice |
//! | `pseudo` | `default` and `json_name`, which are no options at all |
//! | `attach` | hangs annotations on their nodes |

mod attach;
mod index;
mod message;
mod name;
mod once;
mod pseudo;
mod scalar;
mod universe;

use canread_model::{DeclId, Literal, ModuleId};
use canread_syntax::{Diagnostic, Span};

use super::names::PathId;
use super::resolve::Unresolved;
use super::{FieldRef, Linker};
use crate::schema::ast::OptionDecl;
pub(super) use index::MemberIndex;
use once::Once;
pub(super) use universe::{DESCRIPTOR_FILE, Universe};

/// What options hang on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    File(ModuleId),
    Record(DeclId),
    Enum(DeclId),
    Service(DeclId),
    Field(FieldRef),
    Oneof(DeclId, u32),
    EnumValue(DeclId, u32),
    Method(DeclId, u32),
    /// The ranges of one `extensions` statement.
    ExtensionRanges {
        decl: DeclId,
        start: u32,
        count: u32,
    },
}

/// Kinds of nodes, as `google.protobuf.FieldOptions.OptionTargetType` counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    File = 1,
    ExtensionRange = 2,
    Message = 3,
    Field = 4,
    Oneof = 5,
    Enum = 6,
    EnumEntry = 7,
    Service = 8,
    Method = 9,
}

impl Target {
    /// Every kind with its options message, its name in `targets`, and its name for people.
    const ALL: [(Self, &'static str, &'static str, &'static str); 9] = [
        (Self::File, "FileOptions", "TARGET_TYPE_FILE", "a file"),
        (Self::ExtensionRange, "ExtensionRangeOptions", "TARGET_TYPE_EXTENSION_RANGE", "an extension range"),
        (Self::Message, "MessageOptions", "TARGET_TYPE_MESSAGE", "a message"),
        (Self::Field, "FieldOptions", "TARGET_TYPE_FIELD", "a field"),
        (Self::Oneof, "OneofOptions", "TARGET_TYPE_ONEOF", "a oneof"),
        (Self::Enum, "EnumOptions", "TARGET_TYPE_ENUM", "an enum"),
        (Self::EnumEntry, "EnumValueOptions", "TARGET_TYPE_ENUM_ENTRY", "an enum value"),
        (Self::Service, "ServiceOptions", "TARGET_TYPE_SERVICE", "a service"),
        (Self::Method, "MethodOptions", "TARGET_TYPE_METHOD", "a method"),
    ];

    /// The kind that a value of `targets` names.
    pub(super) fn from_symbol(symbol: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, _, name, _)| *name == symbol).map(|(target, ..)| *target)
    }

    /// The kind of a number.
    pub(super) fn from_number(number: usize) -> Option<Self> {
        Self::ALL.get(number.checked_sub(1)?).map(|(target, ..)| *target)
    }

    /// What it is called in messages, with its article.
    pub(super) fn describe(self) -> &'static str {
        Self::ALL[self as usize - 1].3
    }
}

impl Owner {
    pub(super) fn target(self) -> Target {
        match self {
            Self::File(_) => Target::File,
            Self::Record(_) => Target::Message,
            Self::Enum(_) => Target::Enum,
            Self::Service(_) => Target::Service,
            Self::Field(_) => Target::Field,
            Self::Oneof(..) => Target::Oneof,
            Self::EnumValue(..) => Target::EnumEntry,
            Self::Method(..) => Target::Method,
            Self::ExtensionRanges { .. } => Target::ExtensionRange,
        }
    }
}

/// The options of one node, to be read when everything they may name is defined.
#[derive(Debug)]
pub(super) struct Pending<'t, 'a> {
    owner: Owner,
    options: &'t [OptionDecl<'a>],
    /// The innermost scope in which names of extensions are looked for.
    scope: PathId,
}

impl<'t, 'a> Pending<'t, 'a> {
    pub(super) fn push(list: &mut Vec<Self>, owner: Owner, options: &'t [OptionDecl<'a>], scope: PathId) {
        if !options.is_empty() {
            list.push(Self { owner, options, scope });
        }
    }
}

/// A field, or an enum value, that some option of a file uses; whether it may is looked at when its own options are known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Use {
    pub(super) field: FieldRef,
    /// The enum value that it is set to, by index.
    pub(super) value: Option<(DeclId, u32)>,
    pub(super) target: Target,
    pub(super) span: Span,
}

/// A rule about an option's value that asks for features of the file that it stands in, which are not known yet.
#[derive(Debug)]
pub(super) enum Late {
    /// A number that no value of the enum has.
    Number { declared: DeclId, number: i128, span: Span },
    /// A message literal, with the fields that it sets.
    Required { message: DeclId, set: Box<[FieldRef]>, span: Span },
}

/// What the options of a file leave to be checked.
#[derive(Debug, Default)]
pub(super) struct ReadOptions {
    pub(super) uses: Vec<Use>,
    pub(super) late: Vec<Late>,
}

/// What stands among a field's options without being one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pseudo {
    Default,
    JsonName,
}

/// One option, read.
struct Setting {
    path: String,
    value: Literal,
}

/// What reading one option needs and leaves behind.
struct Context<'c> {
    target: Target,
    scope: PathId,
    /// The text of the file.
    text: &'c str,
    uses: &'c mut Vec<Use>,
    late: &'c mut Vec<Late>,
}

/// Why an option could not be read.
pub(super) enum Failure {
    /// All is said.
    Told(Box<Diagnostic>),
    /// A name means nothing; what it may have meant is said when all files are declared.
    Unresolved(Unresolved),
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Told(Box::new(diagnostic))
    }
}

type Read<T> = Result<T, Failure>;

impl<'a> Linker<'a> {
    /// Reads every option of a file and hangs it on its node; gives what is left to be checked.
    pub(super) fn read_options(&mut self, text: &str, pending: &[Pending<'_, 'a>]) -> ReadOptions {
        let mut read = ReadOptions::default();
        let mut once = Once::default();
        for node in pending {
            once.start(node.options.len());
            self.reserve_annotations(node.owner, node.options.len());
            for option in node.options {
                if let Owner::Field(field) = node.owner
                    && let Some(pseudo) = Pseudo::of(option)
                {
                    self.read_pseudo(field, pseudo, option, &mut once);
                    continue;
                }
                self.read_option(text, node, option, &mut once, &mut read);
            }
        }
        read
    }

    fn read_option(
        &mut self,
        text: &str,
        node: &Pending<'_, 'a>,
        option: &OptionDecl<'a>,
        once: &mut Once,
        read: &mut ReadOptions,
    ) {
        let target = node.owner.target();
        let Some(message) = self.universe.message(target) else { return };
        let ReadOptions { uses, late } = read;
        let mut context = Context { target, scope: node.scope, text, uses, late };
        match self.setting(message, option, once, &mut context) {
            Ok(setting) => {
                self.attach(node.owner, option, &setting);
            }
            Err(failure) => self.fail(failure),
        }
    }

    fn fail(&mut self, failure: Failure) {
        match failure {
            Failure::Told(error) => self.diagnostics.push(*error),
            Failure::Unresolved(unresolved) => self.unresolved.push(unresolved),
        }
    }

    fn setting(
        &self,
        message: DeclId,
        option: &OptionDecl<'_>,
        once: &mut Once,
        context: &mut Context<'_>,
    ) -> Read<Setting> {
        let named = self.option_name(message, option, context)?;
        let value = self.option_value(named.field(), &option.value, context)?;
        once.set(self, &named.steps, &value, option.span)?;
        Ok(Setting { path: named.path, value })
    }
}
