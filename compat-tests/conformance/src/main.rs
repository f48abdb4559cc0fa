//! The program that Protobuf's conformance runner asks: it reads requests from standard input and writes answers to
//! standard output, until the input ends.
//!
//! ```text
//! conformance-testee    with CANREAD_CONFORMANCE_PROTOS=FOLDER, which has the runner's `.proto` files
//! message = length:4 bytes, lowest first, ConformanceRequest or ConformanceResponse
//! ```
//!
//! `cargo xtask conformance` fetches the runner and starts both. What is known to fail, and why, stands in `known_failures.txt`
//! and `known_failures_text.txt`.
//!
//! | file | holds |
//! |---|---|
//! | `exchange` | what is asked and answered |
//! | `schema` | the test messages, read from their `.proto` files |
//! | `answer` | a payload read in one format and written in another |
//!
//! Source: `conformance/conformance.proto`.

mod answer;
mod exchange;
mod schema;

use std::io::{self, Read as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use canread_protobuf::codec::{from_slice, to_vec};

use crate::exchange::{Request, Response};
use crate::schema::Messages;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            // Standard output is the runner's.
            let _ = writeln!(io::stderr(), "conformance-testee: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let folder = std::env::var_os("CANREAD_CONFORMANCE_PROTOS").map(PathBuf::from);
    let messages = Messages::read(&folder.ok_or("CANREAD_CONFORMANCE_PROTOS names no folder")?)?;
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    loop {
        let mut length = [0; 4];
        match input.read(&mut length).map_err(|error| error.to_string())? {
            0 => return Ok(()),
            read => input.read_exact(&mut length[read..]).map_err(|error| error.to_string())?,
        }
        let length = usize::try_from(u32::from_le_bytes(length)).map_err(|error| error.to_string())?;
        let mut bytes = vec![0; length];
        input.read_exact(&mut bytes).map_err(|error| error.to_string())?;
        let request: Request = from_slice(&bytes).map_err(|error| format!("a request can't be read: {error}"))?;
        let response = Response { result: Some(answer::answer(&messages, &request)) };
        let bytes = to_vec(&response).map_err(|error| format!("an answer can't be written: {error}"))?;
        let length = u32::try_from(bytes.len()).map_err(|error| error.to_string())?;
        output.write_all(&[&length.to_le_bytes()[..], &bytes].concat()).map_err(|error| error.to_string())?;
        output.flush().map_err(|error| error.to_string())?;
    }
}
