//! Whether files other than its own may name a declaration (Protobuf edition 2024).
//!
//! Source: Protobuf, "Symbol Visibility".

use canread_model::{DeclKind, Dialect, Literal, Meta, Visibility};

use crate::DeclAt;

/// Whether only its own file may name a message or enum: by its own word, or by what its file or edition says.
#[must_use]
pub fn is_local(decl: DeclAt<'_>) -> bool {
    if !matches!(decl.decl().kind, DeclKind::Record(_) | DeclKind::Enum(_)) {
        return false;
    }
    match decl.decl().visibility {
        Visibility::Local => true,
        Visibility::Default => {
            let default = default_of(&decl.module().meta).unwrap_or(match decl.module().dialect {
                Dialect::Edition(year) if year >= 2024 => "EXPORT_TOP_LEVEL",
                _ => "EXPORT_ALL",
            });
            match default {
                "LOCAL_ALL" | "STRICT" => true,
                "EXPORT_TOP_LEVEL" => decl.decl().parent.is_some(),
                _ => false,
            }
        }
        _ => false,
    }
}

fn default_of(file: &Meta) -> Option<&str> {
    file.annotations.iter().rev().find_map(|annotation| {
        let value = match &*annotation.path {
            "features.default_symbol_visibility" => &annotation.value,
            "features" => annotation.value.field("default_symbol_visibility")?,
            _ => return None,
        };
        match value {
            Literal::Symbol(name) => Some(&**name),
            _ => None,
        }
    })
}
