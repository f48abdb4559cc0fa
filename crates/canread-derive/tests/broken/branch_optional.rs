use canread_derive::CoreRecord as Record;

#[derive(Record)]
enum Payment {
    #[field(1)]
    Card(Option<String>),
    #[field(2)]
    Cash(Box<core::option::Option<i64>>),
    #[field(3)]
    Voucher(i64),
}

fn main() {}
