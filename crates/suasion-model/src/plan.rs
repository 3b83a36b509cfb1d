//! What an analysis asks for, and what it is given.
//!
//! Every need for data is known before anything is fetched: an analysis plans requests from the strategy alone, the
//! store answers them, and the analysis runs on the answers.

use std::collections::BTreeMap;

use crate::period::Period;
use crate::table::{Actors, Flows, Interactions, Observations};

/// A request for rows of one dataset.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TableRequest {
    /// The dataset.
    pub dataset: String,
    /// Which of its rows.
    pub select: Select,
}

/// Which rows of a dataset.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Select {
    /// Observations; of one series where the dataset holds several.
    Observations {
        /// The series' code in the dataset's `indicator` column.
        code: Option<String>,
    },
    /// Flows of one period.
    Flows {
        /// The period.
        period: Period,
        /// The kind of flow, where the dataset holds several.
        kind: Option<String>,
    },
    /// All interactions. Which of them a network is of, it sees for itself: what is left out decides what may be shown.
    Interactions,
    /// All actors.
    Actors,
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Table {
    /// Observations.
    Observations(Observations),
    /// Flows.
    Flows(Flows),
    /// Interactions.
    Interactions(Interactions),
    /// Actors.
    Actors(Actors),
}

/// Requests and their answers.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    tables: BTreeMap<TableRequest, Table>,
}

impl Inputs {
    /// Keeps the answer to a request.
    pub fn insert(&mut self, request: TableRequest, table: Table) {
        self.tables.insert(request, table);
    }

    /// The observations that answer a request.
    pub fn observations(&self, request: &TableRequest) -> Option<&Observations> {
        match self.tables.get(request)? {
            Table::Observations(observations) => Some(observations),
            _ => None,
        }
    }

    /// The flows that answer a request.
    pub fn flows(&self, request: &TableRequest) -> Option<&Flows> {
        match self.tables.get(request)? {
            Table::Flows(flows) => Some(flows),
            _ => None,
        }
    }

    /// The interactions that answer a request.
    pub fn interactions(&self, request: &TableRequest) -> Option<&Interactions> {
        match self.tables.get(request)? {
            Table::Interactions(interactions) => Some(interactions),
            _ => None,
        }
    }

    /// The actors that answer a request.
    pub fn actors(&self, request: &TableRequest) -> Option<&Actors> {
        match self.tables.get(request)? {
            Table::Actors(actors) => Some(actors),
            _ => None,
        }
    }
}
