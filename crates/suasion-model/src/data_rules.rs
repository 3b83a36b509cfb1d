//! What can be wrong with data, as `suasion ingest` and `suasion run` find it: one table, from which the reader of files
//! takes its codes, and `suasion explain` and `docs/data-diagnostics.md` their texts.
//!
//! A problem with data can be made from one of these rules only. The tests of `suasion-store` bring every example in.

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A rule that data are held to.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DataRule {
    /// Stable name, in kebab case.
    pub code: &'static str,
    /// What it finds, in one line.
    pub finds: &'static str,
    /// What does not come in because of it.
    pub stops: Stops,
    /// Why that matters.
    pub why: &'static str,
    /// An example that it finds something in, and the same mended; none where no small file shows it.
    pub example: Option<Example>,
}

/// What does not come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stops {
    /// The whole file.
    Import,
    /// The row.
    Row,
    /// The answers that would rest on it.
    Answers,
}

/// Data that a rule finds something in, and the same mended.
#[derive(Debug, PartialEq, Eq)]
pub struct Example {
    /// What it finds something in.
    pub bad: Evidence,
    /// The same, mended.
    pub good: Evidence,
}

/// A dataset and its file, which is `visits.csv`.
#[derive(Debug, PartialEq, Eq)]
pub struct Evidence {
    /// How the strategy reads the file: keys of a `[[dataset]]`, as TOML.
    pub dataset: &'static str,
    /// The file.
    pub file: &'static [u8],
}

impl DataRule {
    /// A problem that this rule finds in a file of evidence, at a line (from 1) where one is known.
    pub fn in_file(&self, headline: impl Into<String>, path: &str, line: Option<u64>) -> Diagnostic {
        Diagnostic::in_file(self.code, headline, path, line)
    }

    /// A problem that this rule finds in what the strategy says of a dataset.
    pub fn at(&self, headline: impl Into<String>, span: Span) -> Diagnostic {
        Diagnostic::error(self.code, headline, span)
    }

    /// How bad it is, in a few words.
    pub fn severity_words(&self) -> &'static str {
        match self.stops {
            Stops::Import => "error, nothing of the file is brought in",
            Stops::Row => "the row is dropped, the others come in",
            Stops::Answers => "answers that rest on it are withheld",
        }
    }
}

impl Evidence {
    /// The file as text; what is not UTF-8, or moves a cursor, is shown as U+FFFD.
    pub fn text(&self) -> String {
        let shown = |c: char| if c.is_control() && c != '\n' { '\u{fffd}' } else { c };
        String::from_utf8_lossy(self.file).chars().map(shown).collect()
    }
}

/// The rule of a code.
pub fn data_rule(code: &str) -> Option<&'static DataRule> {
    DATA_RULES.iter().copied().find(|rule| rule.code == code)
}

macro_rules! data_rules {
    ($($name:ident: $code:literal, $stops:ident, $finds:literal, $why:literal, $example:expr;)+) => {
        $(
            #[doc = concat!("Finds ", $finds, ".")]
            pub static $name: DataRule = DataRule {
                code: $code,
                finds: $finds,
                stops: Stops::$stops,
                why: $why,
                example: $example,
            };
        )+

        /// All rules that data are held to, by code.
        pub static DATA_RULES: &[&DataRule] = &[$(&$name),+];
    };
}

/// A file that is read by the same keys before and after it is mended.
const fn file(dataset: &'static str, bad: &'static [u8], good: &'static [u8]) -> Example {
    Example { bad: Evidence { dataset, file: bad }, good: Evidence { dataset, file: good } }
}

/// A good file, and keys that do not read it.
const fn keys(bad: &'static str) -> Example {
    Example { bad: Evidence { dataset: bad, file: GOOD }, good: Evidence { dataset: VISITS, file: GOOD } }
}

const VISITS: &str = "table = \"observations\"\nformat = \"csv\"\npath = \"visits.csv\"\n\
     columns = { unit = \"place\", period = \"year\", value = \"visits\" }\n";
const FLOWS: &str = "table = \"flows\"\nformat = \"csv\"\npath = \"visits.csv\"\n\
     columns = { period = \"year\", origin = \"from\", destination = \"to\", value = \"people\" }\n\
     unit = \"people\"\n";
const EVENTS: &str = "table = \"interactions\"\nformat = \"csv\"\npath = \"visits.csv\"\n\
     columns = { time = \"at\", actor = \"who\", verb = \"act\", weight = \"weight\" }\n";
const PARQUET: &str = "table = \"observations\"\nformat = \"parquet\"\npath = \"visits.csv\"\n\
     columns = { unit = \"place\", period = \"year\", value = \"visits\" }\n";
const ELSEWHERE: &str = "table = \"observations\"\nformat = \"csv\"\npath = \"data/visits.csv\"\n\
     columns = { unit = \"place\", period = \"year\", value = \"visits\" }\n";
const LEDGER: &str = "table = \"ledger\"\nformat = \"csv\"\npath = \"visits.csv\"\n\
     columns = { unit = \"place\", period = \"year\", value = \"visits\" }\n";
const PERSONAL: &str = "table = \"observations\"\nformat = \"csv\"\npath = \"visits.csv\"\n\
     columns = { unit = \"place\", period = \"year\", value = \"visits\" }\npersonal = true\n\
     purpose = \"Counting guests\"\nlawful_basis = \"Consent\"\nretention = \"P1Y\"\n";

const GOOD: &[u8] = b"place,year,visits\nArnhem,2019,812001\nUtrecht,2019,1204332\n";
const GOOD_FLOW: &[u8] = b"year,from,to,people\n2018,BEL,NLD,49000\n2019,BEL,NLD,52000\n";
const GOOD_EVENT: &[u8] = b"at,who,act,weight\n2019-05-03,Embassy,invites,1\n2019-05-04,Embassy,hosts,1\n";

data_rules!(
    BAD_CSV: "bad-csv", Import,
        "a file whose rows cannot be told apart",
        "Where one row ends and the next begins decides which figure belongs to which place. No file is known \
         to give this; one that does is worth a report.",
        None;
    BAD_ENCODING: "bad-encoding", Import,
        "a file that is not UTF-8 text",
        "Letters of another encoding would be read as other letters, and names would no longer match those in \
         the strategy.",
        Some(file(VISITS, b"place,year,visits\nK\xF6ln,2019,5\n", b"place,year,visits\nK\xC3\xB6ln,2019,5\n"));
    CONTRADICTED: "contradicted", Row,
        "rows for the same place and period that do not agree",
        "Nothing says which of them is right, so none of them is taken.",
        Some(file(VISITS, b"place,year,visits\nArnhem,2019,812001\nUtrecht,2019,1204332\nUtrecht,2019,1204000\n", GOOD));
    DAMAGED_FILE: "damaged-file", Import,
        "a file that cannot be read as what it is said to be",
        "It is cut short, damaged, or of another format than the strategy says.",
        Some(keys(PARQUET));
    DUPLICATE_COLUMN: "duplicate-column", Import,
        "a header with the same name twice",
        "Nothing says which of the columns is meant.",
        Some(file(VISITS, b"place,year,visits,visits\nUtrecht,2019,1204332,2\n", b"place,year,visits,nights\nUtrecht,2019,1204332,2\n"));
    EMPTY_FILE: "empty-file", Import,
        "a file without rows",
        "A table without rows is usually a download that failed, and would replace the rows that were there.",
        Some(file(VISITS, b"place,year,visits\n", GOOD));
    FILE_TOO_LARGE: "file-too-large", Import,
        "a column of more than 2 GiB of text",
        "A column is held in memory at once. Split the file into several datasets.",
        None;
    MISSING_COLUMN: "missing-column", Import,
        "a mapping to a column that the file does not have",
        "Columns are never guessed: a renamed column may be another series.",
        Some(file(VISITS, b"place,year,guests\nUtrecht,2019,1204332\n", GOOD));
    MISSING_FILE: "missing-file", Import,
        "a path at which there is no file",
        "Paths are relative to the folder of the strategy.",
        Some(keys(ELSEWHERE));
    NO_ACTOR: "no-actor", Row,
        "an interaction that does not say who acted, or a row of actors that names none",
        "An act of nobody cannot be counted as anybody's, and a row of nobody marks nobody.",
        Some(file(EVENTS, b"at,who,act,weight\n2019-05-03,Embassy,invites,1\n2019-05-04,,hosts,1\n", GOOD_EVENT));
    NO_DESTINATION: "no-destination", Row,
        "a flow that does not say where it goes",
        "A flow has two ends, and dependence is between the two.",
        Some(file(FLOWS, b"year,from,to,people\n2018,BEL,NLD,49000\n2019,BEL,,52000\n", GOOD_FLOW));
    NO_ORIGIN: "no-origin", Row,
        "a flow that does not say where it comes from",
        "A flow has two ends, and dependence is between the two.",
        Some(file(FLOWS, b"year,from,to,people\n2018,BEL,NLD,49000\n2019,,NLD,52000\n", GOOD_FLOW));
    NO_PERIOD: "no-period", Row,
        "a row without a period",
        "A figure without a date can be set neither before nor after anything.",
        Some(file(VISITS, b"place,year,visits\nArnhem,2019,812001\nUtrecht,,1204332\n", GOOD));
    NO_PRIVACY_GATE: "no-privacy-gate", Import,
        "a dataset of natural persons",
        "Persons must be pseudonymised at a gate that this version does not have, so nothing is read. Use an \
         aggregate without persons.",
        Some(keys(PERSONAL));
    NO_TIME: "no-time", Row,
        "an interaction without a time",
        "What came first cannot be told without.",
        Some(file(EVENTS, b"at,who,act,weight\n2019-05-03,Embassy,invites,1\n,Embassy,hosts,1\n", GOOD_EVENT));
    NO_UNIT: "no-unit", Row,
        "a row that does not say what it is of",
        "A value belongs to a place, or another unit of comparison; a flow is counted in something.",
        Some(file(VISITS, b"place,year,visits\nArnhem,2019,812001\n,2019,1204332\n", GOOD));
    NO_USABLE_ROWS: "no-usable-rows", Import,
        "a file of which every row would be dropped",
        "Usually `columns` names the wrong columns, or every figure has a comma for decimals or between \
         thousands. What was there before stays.",
        Some(file(VISITS, b"place,year,visits\nUtrecht,2019,\"1,204,332\"\n", GOOD));
    NO_VALUE: "no-value", Row,
        "a row without a value",
        "Nothing is ever filled in: a blank is not zero. Leave out the row of a year that you do not have.",
        Some(file(VISITS, b"place,year,visits\nArnhem,2019,812001\nUtrecht,2019,\n", GOOD));
    NO_VERB: "no-verb", Row,
        "an interaction that does not say what was done",
        "Hosting and protesting are not one thing.",
        Some(file(EVENTS, b"at,who,act,weight\n2019-05-03,Embassy,invites,1\n2019-05-04,Embassy,,1\n", GOOD_EVENT));
    NO_WEIGHT: "no-weight", Row,
        "an interaction whose mapped weight is blank",
        "Where `weight` is mapped, a blank is not 1. Without the mapping, every interaction weighs 1.",
        Some(file(EVENTS, b"at,who,act,weight\n2019-05-03,Embassy,invites,1\n2019-05-04,Embassy,hosts,\n", GOOD_EVENT));
    NOT_A_NUMBER: "not-a-number", Row,
        "a value that is not a plain number",
        "`1.194` and `1,194` are the same figure in some countries and differ by a thousand in others, so \
         only one way of writing is read: a point for decimals, nothing between thousands, no per cent sign.",
        Some(file(VISITS, b"place,year,visits\nArnhem,2019,812001\nUtrecht,2019,\"1,204,332\"\n", GOOD));
    NOT_A_PERIOD: "not-a-period", Row,
        "a period that is not written as one",
        "`04/05/2019` is April in one country and May in another. Periods are written 2012, 2012-02 or \
         2012-02-01.",
        Some(file(VISITS, b"place,year,visits\nArnhem,2019,812001\nUtrecht,04/05/2019,1204332\n", GOOD));
    NOT_A_TIME: "not-a-time", Row,
        "a time that is not written as one",
        "Times are periods, or instants of ISO 8601 such as 2012-02-01T10:00Z.",
        Some(file(EVENTS, b"at,who,act,weight\n2019-05-03,Embassy,invites,1\n4 May 2019,Embassy,hosts,1\n", GOOD_EVENT));
    NOT_BROUGHT_IN: "not-brought-in", Answers,
        "a dataset of which the workspace holds nothing",
        "What would rest on it cannot be answered; the rest is. `suasion ingest` says why it did not come in.",
        None;
    REPEATED: "repeated", Row,
        "a row that is in the file before, with the same values",
        "It is counted once. Interactions have no key: two equal rows are two events, and both come in.",
        Some(file(VISITS, b"place,year,visits\nArnhem,2019,812001\nUtrecht,2019,1204332\nUtrecht,2019,1204332\n", GOOD));
    TABLE_NOT_READ: "table-not-read", Import,
        "a table that this version does not read yet",
        "The language has more tables than the store reads. Nothing is read half.",
        Some(keys(LEDGER));
    TEXT_AFTER_QUOTE: "text-after-quote", Row,
        "text between a closing quote and the next comma",
        "Where the field ends is then a guess. A quote inside a quoted field is written twice.",
        Some(file(VISITS, b"place,year,visits\nArnhem,2019,812001\n\"Utrecht\" city,2019,1204332\n", b"place,year,visits\nArnhem,2019,812001\n\"Utrecht \"\"city\"\"\",2019,1204332\n"));
    UNCLOSED_QUOTE: "unclosed-quote", Import,
        "a quoted field that is never closed",
        "Everything behind the quote would be one field.",
        Some(file(VISITS, b"place,year,visits\n\"Utrecht,2019,1204332\n", b"place,year,visits\n\"Utrecht\",2019,1204332\n"));
    WORKBOOK: "workbook", Import,
        "a spreadsheet's workbook where a table should be",
        "A workbook has sheets, formulas and formatted cells; which of them is the table, and what a cell \
         says, would be a guess. Save the sheet as “CSV UTF-8”.",
        Some(file(VISITS, b"PK\x03\x04 the rest of an .xlsx file", GOOD));
    WRONG_NUMBER_OF_FIELDS: "wrong-number-of-fields", Row,
        "a row with more or fewer fields than the header",
        "Which column each field belongs to is then a guess. A field that holds a comma is written in quotes.",
        Some(file(VISITS, b"place,year,visits\nArnhem,2019,812001\nUtrecht,2019,1,204,332\n", GOOD));
    WRONG_SEPARATOR: "wrong-separator", Import,
        "a file whose fields are not separated by commas",
        "Where the comma is a decimal sign, spreadsheets write semicolons, and the figures have commas too. \
         Both are to be changed together.",
        Some(file(VISITS, b"place;year;visits\nUtrecht;2019;1204332,5\n", b"place,year,visits\nUtrecht,2019,1204332.5\n"));
);
