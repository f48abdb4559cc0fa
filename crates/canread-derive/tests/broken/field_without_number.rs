use canread_derive::CoreRecord as Record;

#[derive(Record)]
struct Order {
    id: i64,
    #[field(name = "remark")]
    note: String,
}

fn main() {}
