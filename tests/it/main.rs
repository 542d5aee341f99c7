//! All integration tests: one binary, one module a subject.

mod rules;
mod screens;
