//! All integration tests: one binary, one module a subject.

mod forms;
mod readme;
mod rules;
mod screens;
