//! Hand-built models as text.
