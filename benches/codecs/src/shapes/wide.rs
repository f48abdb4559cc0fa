//! Records with many fields.

use canread::Record;
use serde::{Deserialize, Serialize};

use super::clear::clear;
use super::{Shape, Size};
use crate::random::Random;
use crate::{buffa_types, prost_types};

/// 200 records with 96 fields, of which a fifth is empty.
pub struct Rows;

impl Shape for Rows {
    const NAME: &'static str = "wide";
    const RECORD: &'static str = "bench.Wide";
    const EVOLVED: &'static [&'static str] = &["Wide"];
    type Owned = Wide;
    type Borrowed<'a> = WideRef<'a>;
    type Prost = prost_types::Wide;
    type Buffa = buffa_types::Wide;
    type BuffaView<'a> = buffa_types::view::WideView<'a>;

    fn records(size: Size) -> Vec<Wide> {
        let mut random = Random::new(0x7777_1234_aaaa_0001);
        (0..size.of(200, 10)).map(|_| row(&mut random)).collect()
    }
}

/// A row.
#[derive(Debug, Clone, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Wide")]
#[expect(missing_docs, reason = "an example")]
pub struct Wide {
    #[field(1)]
    pub f01: i64,
    #[field(2)]
    pub f02: String,
    #[field(3)]
    pub f03: i32,
    #[field(4)]
    pub f04: f64,
    #[field(5)]
    pub f05: bool,
    #[field(6)]
    pub f06: Option<String>,
    #[field(7)]
    pub f07: u32,
    #[field(8)]
    pub f08: Option<i64>,
    #[field(9)]
    #[serde(with = "serde_bytes")]
    pub f09: Vec<u8>,
    #[field(10)]
    pub f10: f32,
    #[field(11)]
    pub f11: String,
    #[field(12)]
    pub f12: i64,
    #[field(13)]
    pub f13: i64,
    #[field(14)]
    pub f14: String,
    #[field(15)]
    pub f15: i32,
    #[field(16)]
    pub f16: f64,
    #[field(17)]
    pub f17: bool,
    #[field(18)]
    pub f18: Option<String>,
    #[field(19)]
    pub f19: u32,
    #[field(20)]
    pub f20: Option<i64>,
    #[field(21)]
    #[serde(with = "serde_bytes")]
    pub f21: Vec<u8>,
    #[field(22)]
    pub f22: f32,
    #[field(23)]
    pub f23: String,
    #[field(24)]
    pub f24: i64,
    #[field(25)]
    pub f25: i64,
    #[field(26)]
    pub f26: String,
    #[field(27)]
    pub f27: i32,
    #[field(28)]
    pub f28: f64,
    #[field(29)]
    pub f29: bool,
    #[field(30)]
    pub f30: Option<String>,
    #[field(31)]
    pub f31: u32,
    #[field(32)]
    pub f32: Option<i64>,
    #[field(33)]
    #[serde(with = "serde_bytes")]
    pub f33: Vec<u8>,
    #[field(34)]
    pub f34: f32,
    #[field(35)]
    pub f35: String,
    #[field(36)]
    pub f36: i64,
    #[field(37)]
    pub f37: i64,
    #[field(38)]
    pub f38: String,
    #[field(39)]
    pub f39: i32,
    #[field(40)]
    pub f40: f64,
    #[field(41)]
    pub f41: bool,
    #[field(42)]
    pub f42: Option<String>,
    #[field(43)]
    pub f43: u32,
    #[field(44)]
    pub f44: Option<i64>,
    #[field(45)]
    #[serde(with = "serde_bytes")]
    pub f45: Vec<u8>,
    #[field(46)]
    pub f46: f32,
    #[field(47)]
    pub f47: String,
    #[field(48)]
    pub f48: i64,
    #[field(49)]
    pub f49: i64,
    #[field(50)]
    pub f50: String,
    #[field(51)]
    pub f51: i32,
    #[field(52)]
    pub f52: f64,
    #[field(53)]
    pub f53: bool,
    #[field(54)]
    pub f54: Option<String>,
    #[field(55)]
    pub f55: u32,
    #[field(56)]
    pub f56: Option<i64>,
    #[field(57)]
    #[serde(with = "serde_bytes")]
    pub f57: Vec<u8>,
    #[field(58)]
    pub f58: f32,
    #[field(59)]
    pub f59: String,
    #[field(60)]
    pub f60: i64,
    #[field(61)]
    pub f61: i64,
    #[field(62)]
    pub f62: String,
    #[field(63)]
    pub f63: i32,
    #[field(64)]
    pub f64: f64,
    #[field(65)]
    pub f65: bool,
    #[field(66)]
    pub f66: Option<String>,
    #[field(67)]
    pub f67: u32,
    #[field(68)]
    pub f68: Option<i64>,
    #[field(69)]
    #[serde(with = "serde_bytes")]
    pub f69: Vec<u8>,
    #[field(70)]
    pub f70: f32,
    #[field(71)]
    pub f71: String,
    #[field(72)]
    pub f72: i64,
    #[field(73)]
    pub f73: i64,
    #[field(74)]
    pub f74: String,
    #[field(75)]
    pub f75: i32,
    #[field(76)]
    pub f76: f64,
    #[field(77)]
    pub f77: bool,
    #[field(78)]
    pub f78: Option<String>,
    #[field(79)]
    pub f79: u32,
    #[field(80)]
    pub f80: Option<i64>,
    #[field(81)]
    #[serde(with = "serde_bytes")]
    pub f81: Vec<u8>,
    #[field(82)]
    pub f82: f32,
    #[field(83)]
    pub f83: String,
    #[field(84)]
    pub f84: i64,
    #[field(85)]
    pub f85: i64,
    #[field(86)]
    pub f86: String,
    #[field(87)]
    pub f87: i32,
    #[field(88)]
    pub f88: f64,
    #[field(89)]
    pub f89: bool,
    #[field(90)]
    pub f90: Option<String>,
    #[field(91)]
    pub f91: u32,
    #[field(92)]
    pub f92: Option<i64>,
    #[field(93)]
    #[serde(with = "serde_bytes")]
    pub f93: Vec<u8>,
    #[field(94)]
    pub f94: f32,
    #[field(95)]
    pub f95: String,
    #[field(96)]
    pub f96: i64,
}

clear!(Wide:
    f01 f02 f03 f04 f05 f06 f07 f08 f09 f10 f11 f12 f13 f14 f15 f16 f17 f18 f19 f20 f21 f22 f23 f24 f25 f26 f27 f28 f29
    f30 f31 f32 f33 f34 f35 f36 f37 f38 f39 f40 f41 f42 f43 f44 f45 f46 f47 f48 f49 f50 f51 f52 f53 f54 f55 f56 f57 f58
    f59 f60 f61 f62 f63 f64 f65 f66 f67 f68 f69 f70 f71 f72 f73 f74 f75 f76 f77 f78 f79 f80 f81 f82 f83 f84 f85 f86 f87
    f88 f89 f90 f91 f92 f93 f94 f95 f96
);

/// The same, borrowed.
#[derive(Record, Deserialize)]
#[record(name = "bench.Wide")]
#[expect(missing_docs, reason = "an example")]
pub struct WideRef<'a> {
    #[field(1)]
    pub f01: i64,
    #[field(2)]
    pub f02: &'a str,
    #[field(3)]
    pub f03: i32,
    #[field(4)]
    pub f04: f64,
    #[field(5)]
    pub f05: bool,
    #[field(6)]
    pub f06: Option<&'a str>,
    #[field(7)]
    pub f07: u32,
    #[field(8)]
    pub f08: Option<i64>,
    #[field(9)]
    pub f09: &'a [u8],
    #[field(10)]
    pub f10: f32,
    #[field(11)]
    pub f11: &'a str,
    #[field(12)]
    pub f12: i64,
    #[field(13)]
    pub f13: i64,
    #[field(14)]
    pub f14: &'a str,
    #[field(15)]
    pub f15: i32,
    #[field(16)]
    pub f16: f64,
    #[field(17)]
    pub f17: bool,
    #[field(18)]
    pub f18: Option<&'a str>,
    #[field(19)]
    pub f19: u32,
    #[field(20)]
    pub f20: Option<i64>,
    #[field(21)]
    pub f21: &'a [u8],
    #[field(22)]
    pub f22: f32,
    #[field(23)]
    pub f23: &'a str,
    #[field(24)]
    pub f24: i64,
    #[field(25)]
    pub f25: i64,
    #[field(26)]
    pub f26: &'a str,
    #[field(27)]
    pub f27: i32,
    #[field(28)]
    pub f28: f64,
    #[field(29)]
    pub f29: bool,
    #[field(30)]
    pub f30: Option<&'a str>,
    #[field(31)]
    pub f31: u32,
    #[field(32)]
    pub f32: Option<i64>,
    #[field(33)]
    pub f33: &'a [u8],
    #[field(34)]
    pub f34: f32,
    #[field(35)]
    pub f35: &'a str,
    #[field(36)]
    pub f36: i64,
    #[field(37)]
    pub f37: i64,
    #[field(38)]
    pub f38: &'a str,
    #[field(39)]
    pub f39: i32,
    #[field(40)]
    pub f40: f64,
    #[field(41)]
    pub f41: bool,
    #[field(42)]
    pub f42: Option<&'a str>,
    #[field(43)]
    pub f43: u32,
    #[field(44)]
    pub f44: Option<i64>,
    #[field(45)]
    pub f45: &'a [u8],
    #[field(46)]
    pub f46: f32,
    #[field(47)]
    pub f47: &'a str,
    #[field(48)]
    pub f48: i64,
    #[field(49)]
    pub f49: i64,
    #[field(50)]
    pub f50: &'a str,
    #[field(51)]
    pub f51: i32,
    #[field(52)]
    pub f52: f64,
    #[field(53)]
    pub f53: bool,
    #[field(54)]
    pub f54: Option<&'a str>,
    #[field(55)]
    pub f55: u32,
    #[field(56)]
    pub f56: Option<i64>,
    #[field(57)]
    pub f57: &'a [u8],
    #[field(58)]
    pub f58: f32,
    #[field(59)]
    pub f59: &'a str,
    #[field(60)]
    pub f60: i64,
    #[field(61)]
    pub f61: i64,
    #[field(62)]
    pub f62: &'a str,
    #[field(63)]
    pub f63: i32,
    #[field(64)]
    pub f64: f64,
    #[field(65)]
    pub f65: bool,
    #[field(66)]
    pub f66: Option<&'a str>,
    #[field(67)]
    pub f67: u32,
    #[field(68)]
    pub f68: Option<i64>,
    #[field(69)]
    pub f69: &'a [u8],
    #[field(70)]
    pub f70: f32,
    #[field(71)]
    pub f71: &'a str,
    #[field(72)]
    pub f72: i64,
    #[field(73)]
    pub f73: i64,
    #[field(74)]
    pub f74: &'a str,
    #[field(75)]
    pub f75: i32,
    #[field(76)]
    pub f76: f64,
    #[field(77)]
    pub f77: bool,
    #[field(78)]
    pub f78: Option<&'a str>,
    #[field(79)]
    pub f79: u32,
    #[field(80)]
    pub f80: Option<i64>,
    #[field(81)]
    pub f81: &'a [u8],
    #[field(82)]
    pub f82: f32,
    #[field(83)]
    pub f83: &'a str,
    #[field(84)]
    pub f84: i64,
    #[field(85)]
    pub f85: i64,
    #[field(86)]
    pub f86: &'a str,
    #[field(87)]
    pub f87: i32,
    #[field(88)]
    pub f88: f64,
    #[field(89)]
    pub f89: bool,
    #[field(90)]
    pub f90: Option<&'a str>,
    #[field(91)]
    pub f91: u32,
    #[field(92)]
    pub f92: Option<i64>,
    #[field(93)]
    pub f93: &'a [u8],
    #[field(94)]
    pub f94: f32,
    #[field(95)]
    pub f95: &'a str,
    #[field(96)]
    pub f96: i64,
}

const WORDS: &[&str] = &["amber", "basalt", "cedar", "delta", "ember", "fjord", "Größe", "harbor"];

/// Sometimes nothing.
fn text(random: &mut Random) -> String {
    let count = random.below(4);
    random.words(WORDS, count)
}

fn row(random: &mut Random) -> Wide {
    Wide {
        f01: random.i64() >> 40,
        f02: text(random),
        f03: random.i32() >> 16,
        f04: random.f64(),
        f05: random.one_in(2),
        f06: random.one_in(3).then(|| text(random)),
        f07: random.below(1_000_000),
        f08: random.one_in(3).then(|| random.i64()),
        f09: random.number().to_le_bytes().to_vec(),
        f10: random.f32(),
        f11: text(random),
        f12: random.i64() >> 40,
        f13: random.i64() >> 40,
        f14: text(random),
        f15: random.i32() >> 16,
        f16: random.f64(),
        f17: random.one_in(2),
        f18: random.one_in(3).then(|| text(random)),
        f19: random.below(1_000_000),
        f20: random.one_in(3).then(|| random.i64()),
        f21: random.number().to_le_bytes().to_vec(),
        f22: random.f32(),
        f23: text(random),
        f24: random.i64() >> 40,
        f25: random.i64() >> 40,
        f26: text(random),
        f27: random.i32() >> 16,
        f28: random.f64(),
        f29: random.one_in(2),
        f30: random.one_in(3).then(|| text(random)),
        f31: random.below(1_000_000),
        f32: random.one_in(3).then(|| random.i64()),
        f33: random.number().to_le_bytes().to_vec(),
        f34: random.f32(),
        f35: text(random),
        f36: random.i64() >> 40,
        f37: random.i64() >> 40,
        f38: text(random),
        f39: random.i32() >> 16,
        f40: random.f64(),
        f41: random.one_in(2),
        f42: random.one_in(3).then(|| text(random)),
        f43: random.below(1_000_000),
        f44: random.one_in(3).then(|| random.i64()),
        f45: random.number().to_le_bytes().to_vec(),
        f46: random.f32(),
        f47: text(random),
        f48: random.i64() >> 40,
        f49: random.i64() >> 40,
        f50: text(random),
        f51: random.i32() >> 16,
        f52: random.f64(),
        f53: random.one_in(2),
        f54: random.one_in(3).then(|| text(random)),
        f55: random.below(1_000_000),
        f56: random.one_in(3).then(|| random.i64()),
        f57: random.number().to_le_bytes().to_vec(),
        f58: random.f32(),
        f59: text(random),
        f60: random.i64() >> 40,
        f61: random.i64() >> 40,
        f62: text(random),
        f63: random.i32() >> 16,
        f64: random.f64(),
        f65: random.one_in(2),
        f66: random.one_in(3).then(|| text(random)),
        f67: random.below(1_000_000),
        f68: random.one_in(3).then(|| random.i64()),
        f69: random.number().to_le_bytes().to_vec(),
        f70: random.f32(),
        f71: text(random),
        f72: random.i64() >> 40,
        f73: random.i64() >> 40,
        f74: text(random),
        f75: random.i32() >> 16,
        f76: random.f64(),
        f77: random.one_in(2),
        f78: random.one_in(3).then(|| text(random)),
        f79: random.below(1_000_000),
        f80: random.one_in(3).then(|| random.i64()),
        f81: random.number().to_le_bytes().to_vec(),
        f82: random.f32(),
        f83: text(random),
        f84: random.i64() >> 40,
        f85: random.i64() >> 40,
        f86: text(random),
        f87: random.i32() >> 16,
        f88: random.f64(),
        f89: random.one_in(2),
        f90: random.one_in(3).then(|| text(random)),
        f91: random.below(1_000_000),
        f92: random.one_in(3).then(|| random.i64()),
        f93: random.number().to_le_bytes().to_vec(),
        f94: random.f32(),
        f95: text(random),
        f96: random.i64() >> 40,
    }
}
