use canread_derive::CoreRecord as Record;

#[derive(Record)]
struct Pair(i64, i64);

#[derive(Record)]
enum State {
    #[symbol(0)]
    Open,
    #[symbol(0)]
    Closed,
    Shipped,
    #[symbol(other)]
    Other,
}

#[derive(Record)]
enum Payment {
    #[field(1)]
    Card { number: String },
    #[field(2)]
    Voucher(String, String),
    #[field(unknown)]
    Cash(i64),
}

fn main() {}
