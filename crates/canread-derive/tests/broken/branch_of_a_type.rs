use canread_derive::CoreRecord as Record;

type Perhaps = Option<i64>;

#[derive(Record)]
enum Payment<'a> {
    #[field(1)]
    Card(Card<'a>),
    #[field(2)]
    Cash(Perhaps),
    #[field(3)]
    Voucher(Box<Payment<'a>>),
}

#[derive(Record)]
enum Card<'a> {
    #[field(1)]
    Number(&'a str),
}

fn main() {}
