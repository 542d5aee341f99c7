//! All integration tests: one binary, one module a subject.

mod bad_input;
mod batch;
mod cli;
mod export;
mod forms;
mod fuzz;
mod history;
mod import;
mod layers;
mod layouts;
mod library;
mod mouse;
mod mutants;
mod readme;
mod recovery;
mod rules;
mod screens;
mod settings;
mod several;
mod sizes;
mod start;
mod terminal;
