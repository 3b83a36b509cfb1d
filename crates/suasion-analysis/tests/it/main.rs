//! Tests of the analyses: the worked cases' tables, read without the store, and panels made for one rule each.

mod cases;
mod corridors;
mod evidence;
mod network_cases;
mod networks;
mod panels;
mod privacy;
mod sentences;
