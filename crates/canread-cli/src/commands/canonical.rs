//! `canread canonical`: what a schema says, without the ways of saying it.

use std::fmt::Write;

use canread_project::{Canonical as File, Digest, Form};
use canread_syntax::{Diagnostic, Sources};

use super::reading;
use crate::{
    args::{Canonical, Color, ConfigArgs},
    exit, output,
};

pub(crate) fn canonical(args: &Canonical, config: &ConfigArgs, color: Color) -> u8 {
    let readings = match reading::read(&args.paths, &args.include, config, color) {
        Ok(readings) => readings,
        Err(code) => return code,
    };
    let (mut files, mut code) = (Vec::new(), exit::COMPATIBLE);
    for reading in &readings {
        match reading.canonical() {
            Ok(forms) => files.extend(forms),
            Err(problems) => {
                output::complain(&problems, &reading.sources, color);
                code = exit::FAILED;
            }
        }
    }
    if code != exit::COMPATIBLE {
        return code;
    }
    let text = match args.fingerprint {
        Some(digest) => match fingerprints(&files, digest.into()) {
            Ok(text) => text,
            Err(problem) => {
                output::complain(&[*problem], &Sources::default(), color);
                return exit::USAGE;
            }
        },
        None => forms(&files, matches!(&*readings, [reading] if reading.is_file)),
    };
    output::print(&text, exit::COMPATIBLE)
}

fn forms(files: &[File], is_one: bool) -> String {
    let mut text = String::new();
    for file in files {
        for form in &file.forms {
            if !is_one || file.forms.len() > 1 {
                let _ = writeln!(text, "// {}", name(file, form));
            }
            let _ = writeln!(text, "{}", form.text);
        }
    }
    text
}

fn fingerprints(files: &[File], digest: Digest) -> Result<String, Box<Diagnostic>> {
    let mut text = String::new();
    for file in files {
        if digest == Digest::Crc64Avro && file.format.as_str() != "avro" {
            let message = format!("`{}` is no Avro schema, and CRC-64-AVRO is defined for those alone", file.file);
            return Err(Box::new(Diagnostic::error("project/usage", message).help("use `--fingerprint sha256`")));
        }
        for form in &file.forms {
            let _ = writeln!(text, "{}  {}", form.fingerprint(digest), name(file, form));
        }
    }
    Ok(text)
}

/// The file, and what is meant in it if it has several forms.
fn name(file: &File, form: &Form) -> String {
    match &form.name {
        Some(name) => format!("{}#{name}", file.file),
        None => file.file.clone(),
    }
}
