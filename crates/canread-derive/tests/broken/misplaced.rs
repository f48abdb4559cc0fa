use canread_derive::CoreRecord as Record;

#[derive(Record)]
#[field(1)]
struct OfType {
    #[field(1)]
    id: i64,
}

#[derive(Record)]
struct OfField {
    #[field(1)]
    #[symbol(1)]
    id: i64,
    #[field(2)]
    #[record(name = "x")]
    note: String,
}

#[derive(Record)]
enum OfBranch {
    #[field(1)]
    Card(#[field(2)] String),
    #[field(3)]
    #[record(name = "x")]
    Cash(i64),
}

#[derive(Record)]
enum OfSymbol {
    #[symbol(0)]
    #[field(1)]
    Open,
}

fn main() {}
