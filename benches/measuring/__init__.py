"""What a benchmark of a whole command needs; only the standard library is used."""
