use canread_derive::CoreRecord as Record;
use canread_record::Unknown;

#[derive(Record)]
enum State {
    #[symbol(0)]
    Open,
    #[symbol(other)]
    Other(i64),
}

#[derive(Record)]
struct Kept {
    #[field(unknown)]
    unknown: Vec<u8>,
}

#[derive(Record)]
struct Endless {
    #[field(1)]
    boxed: Box<Endless>,
    #[field(2)]
    fine: Option<Box<Self>>,
    #[field(unknown)]
    unknown: Unknown,
}

fn main() {}
