//! Tests of the program: its renderers, its commands as a user runs them, and the worked examples in `tests/suite`.

mod case;
mod charts;
mod cli;
mod cli_check;
mod cli_graph;
#[cfg(unix)]
mod cli_interrupt;
mod cli_map;
mod cli_programs;
mod cli_support;
mod hostile;
mod lsp;
mod lsp_answers;
mod lsp_client;
mod network_figures;
mod render;
mod sample;
mod suite;
mod theory;
