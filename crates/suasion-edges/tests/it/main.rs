//! What the crate promises: agreement with a slow reader, rules for bad input, and the program.

mod csv;
mod external;
mod faults;
mod files;
mod filters;
mod node_table;
mod program;
mod program_brokerage;
mod program_build;
mod program_help;
mod program_invariance;
mod program_nodes;
mod program_out;
mod program_paths;
mod program_reasons;
mod program_rows;
mod program_settings;
mod program_shape;
mod program_signs;
mod program_ties;
mod raw_pairs;
mod sampled_paths;
mod shared_files;
mod slow;
mod text;
mod worked;
