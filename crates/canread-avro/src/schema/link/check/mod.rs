//! Rules that a valid schema keeps, beyond names and values.
//!
//! | file | asks |
//! |---|---|
//! | `union` | may these types stand side by side |
//! | `field` | has every field a name of its own |
//! | `message` | do answers and errors fit |
//! | `alias` | does an alias mean one type only |
//! | `copies` | do several declarations of one name say the same |
//! | `finite` | has every record a value that ends |

mod alias;
mod copies;
mod field;
mod finite;
mod message;
mod union;

use super::Linker;

impl Linker<'_> {
    /// Checks what can only be seen of the whole schema.
    pub(super) fn check(&mut self) {
        self.check_finite();
        self.check_aliases();
        self.check_copies();
    }
}
