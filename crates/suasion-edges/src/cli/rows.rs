//! The flags that choose rows.

use clap::Args;

use crate::filter::Filter;

/// Which rows are read. A row has to fulfil all that is given; others are passed over and counted, and their ends are
/// no nodes unless other rows name them.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which rows to read: those that fulfil all that is given")]
pub(super) struct RowFlags {
    /// Only rows of this layer, or of one of these: COL holds the value as it stands. One with a comma in it stands in
    /// quotes, as in CSV: 'kind="visit, state",summit'.
    #[arg(long, value_name = "COL=VALUE[,VALUE]", value_parser = Filter::layer)]
    layer: Vec<Filter>,

    /// Only rows from a moment until another, itself excluded; either may be left out. A moment is a year (2015), a
    /// date of ISO 8601 (2015-05, 2015-05-03, 20150503, 2015-05-03T14:30Z; UTC if no zone is given) or seconds since
    /// 1970. Between two integers, integers are compared by value and dates by their year. What lasts counts where it
    /// starts.
    #[arg(long, value_name = "COL=FROM..UNTIL", value_parser = Filter::time)]
    time: Vec<Filter>,

    /// Only rows where COL is VALUE; also != for text, and <, <=, >, >= for numbers, which an empty field does not
    /// fulfil. Blanks around the sign are no part of either, and `COL!=` is fulfilled by what is not empty.
    #[arg(long = "where", value_name = "COL=VALUE", value_parser = Filter::condition)]
    conditions: Vec<Filter>,
}

impl RowFlags {
    pub(super) fn filters(&self) -> Vec<Filter> {
        [&self.layer, &self.time, &self.conditions].into_iter().flatten().cloned().collect()
    }
}
