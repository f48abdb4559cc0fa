//! Lines of a web server's log.

use canread::Record;
use serde::{Deserialize, Serialize};

use super::clear::clear;
use super::{Shape, Size, as_long};
use crate::random::Random;
use crate::{buffa_types, prost_types};

/// One record with 10,000 lines.
pub struct Lines;

impl Shape for Lines {
    const NAME: &'static str = "log";
    const RECORD: &'static str = "bench.Logs";
    const EVOLVED: &'static [&'static str] = &["Log"];
    type Owned = Logs;
    type Borrowed<'a> = LogsRef<'a>;
    type Prost = prost_types::Logs;
    type Buffa = buffa_types::Logs;
    type BuffaView<'a> = buffa_types::view::LogsView<'a>;

    fn records(size: Size) -> Vec<Logs> {
        let mut random = Random::new(0x2545_f491_4f6c_dd1d);
        vec![Logs { logs: (0..size.of(10_000, 100)).map(|_| line(&mut random)).collect() }]
    }
}

/// Who asked.
#[derive(Debug, Clone, Copy, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Ip")]
#[expect(missing_docs, reason = "an example")]
pub struct Ip {
    #[field(1)]
    pub x0: u32,
    #[field(2)]
    pub x1: u32,
    #[field(3)]
    pub x2: u32,
    #[field(4)]
    pub x3: u32,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Log")]
#[expect(missing_docs, reason = "an example")]
pub struct Log {
    #[field(1)]
    pub address: Ip,
    #[field(2)]
    pub identity: String,
    #[field(3)]
    pub userid: String,
    #[field(4)]
    pub date: String,
    #[field(5)]
    pub request: String,
    #[field(6)]
    pub code: u32,
    #[field(7)]
    #[serde(with = "as_long")]
    pub size: u64,
}

/// All lines.
#[derive(Debug, Clone, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Logs")]
#[expect(missing_docs, reason = "an example")]
pub struct Logs {
    #[field(1)]
    pub logs: Vec<Log>,
}

/// The same, borrowed.
#[derive(Record, Deserialize)]
#[record(name = "bench.Log")]
#[expect(missing_docs, reason = "an example")]
pub struct LogRef<'a> {
    #[field(1)]
    pub address: Ip,
    #[field(2)]
    pub identity: &'a str,
    #[field(3)]
    pub userid: &'a str,
    #[field(4)]
    pub date: &'a str,
    #[field(5)]
    pub request: &'a str,
    #[field(6)]
    pub code: u32,
    #[field(7)]
    #[serde(with = "as_long")]
    pub size: u64,
}

clear!(Logs: logs);

/// The same, borrowed.
#[derive(Record, Deserialize)]
#[record(name = "bench.Logs")]
#[expect(missing_docs, reason = "an example")]
pub struct LogsRef<'a> {
    #[field(1)]
    #[serde(borrow)]
    pub logs: Vec<LogRef<'a>>,
}

const USERS: &[&str] = &["-", "alice", "bob", "carmen", "david", "eric", "frank", "george", "harry"];
const MONTHS: &[&str] = &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const METHODS: &[&str] = &["GET", "POST", "PUT", "UPDATE", "DELETE"];
const ROUTES: &[&str] = &[
    "/favicon.ico",
    "/css/index.css",
    "/css/fonts.min.css",
    "/img/logo-full.svg",
    "/img/splash.jpg",
    "/api/login",
    "/api/logout",
];
const PROTOCOLS: &[&str] = &["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3"];
const CODES: &[u32] = &[200, 201, 204, 206, 301, 302, 304, 307, 400, 401, 403, 404, 410, 418, 429, 500, 502, 503];

fn line(random: &mut Random) -> Log {
    let byte = |random: &mut Random| random.below(256);
    Log {
        address: Ip { x0: byte(random), x1: byte(random), x2: byte(random), x3: byte(random) },
        identity: "-".to_owned(),
        userid: random.pick(USERS).to_owned(),
        date: format!(
            "{}/{}/{}:{}:{}:{} {}{:02}00",
            1 + random.below(28),
            random.pick(MONTHS),
            1970 + random.below(52),
            random.below(24),
            random.below(60),
            random.below(60),
            random.pick(&["-", "+"]),
            random.below(13),
        ),
        request: format!("{} {} {}", random.pick(METHODS), random.pick(ROUTES), random.pick(PROTOCOLS)),
        code: CODES[random.below(18) as usize],
        size: random.below(100_000_000).into(),
    }
}
