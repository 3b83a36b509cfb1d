//! Findings for readers: in the terminal, as JSON, as Markdown, and as one HTML file for a minister's desk.
//!
//! A renderer reads [`Findings`](suasion_model::finding::Findings) and nothing else: no file, no clock, no environment.
//! The same findings give the same bytes. Every text in them may have been written by anybody, so each renderer escapes
//! it for its own medium; the words that are the program's own stand in [`words`], and figures are written by
//! [`suasion_model::number`], so that all renderers say the same.

mod chain;
pub mod export;
pub mod html;
pub mod json;
pub mod markdown;
mod network_tables;
pub mod problems;
pub mod svg;
pub mod terminal;
pub mod text;
pub mod words;
