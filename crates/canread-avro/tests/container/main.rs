//! Files, single objects and streams: whole ones, damaged ones, and those of others.

#![cfg(feature = "container")]

mod damage;
mod foreign;
mod hostile;
mod parallel;
mod single_object;
mod stream;
mod support;
mod writing;
