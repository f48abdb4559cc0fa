//! The schema files that a Rust type is, for `canread check`: a build or a test writes them down, and a change of the type that
//! breaks readers or old data is found in review, as a change of a schema is.
//!
//! ```text
//! cargo run -p canread --example schemas --features evolution             # prints them
//! cargo run -p canread --example schemas --features evolution -- schemas  # writes them below that folder
//! canread check schemas --against git:HEAD
//! ```

#![expect(clippy::print_stdout, reason = "a program that shows something")]

use std::path::Path;
use std::{env, fs};

use canread::{Record, Timestamp, avro, protobuf};

#[derive(Record)]
#[record(name = "shop.v1.Order")]
struct Order {
    #[field(1)]
    id: i64,
    #[field(2)]
    note: Option<String>,
    #[field(3)]
    lines: Vec<Line>,
    #[field(4)]
    at: Option<Timestamp>,
}

#[derive(Record)]
#[record(name = "shop.v1.Line")]
struct Line {
    #[field(1)]
    sku: String,
    #[field(2)]
    quantity: u32,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut files: Vec<(String, String)> =
        protobuf::schema_files::<Order>()?.into_iter().map(|file| (file.name, file.text)).collect();
    files.push(("shop/v1/order.avsc".to_owned(), avro::schema_text::<Order>()));
    let folder = env::args_os().nth(1);
    for (name, text) in files {
        match &folder {
            None => println!("// {name}\n{text}"),
            Some(folder) => {
                let path = Path::new(folder).join(&name);
                fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
                fs::write(&path, text)?;
                println!("wrote {}", path.display());
            }
        }
    }
    Ok(())
}
