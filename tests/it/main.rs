//! All integration tests: one binary, one module a subject.

mod readme;
mod rules;
mod screens;
mod terminal;
