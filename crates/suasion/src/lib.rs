//! The program around the analyses: reading files, keeping evidence, answering questions, rendering what was found.
//!
//! [`pipeline`] is the one way through: strategy → evidence → answers → findings. [`cli`] has one file a command, and
//! [`render`] turns findings, and nothing else, into text, Markdown, HTML and JSON. [`lsp`] says in an editor what is
//! wrong with a strategy and what its words mean.

pub mod cli;
pub mod comparison;
pub mod lsp;
pub mod mapping;
pub mod pipeline;
pub mod render;
