//! The fixed vocabularies of the strategy language, each word with what it means.

use schemars::JsonSchema;
use serde::Serialize;

/// A word of a fixed vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// The word in the file.
    pub word: &'static str,
    /// What it means, in a sentence or a few words that end in a full stop.
    pub meaning: &'static str,
}

/// Declares an enum whose variants are words of the strategy language. What a variant's documentation says is what the
/// word means to users, too.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[doc = $meaning:literal])+ $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
        pub enum $name {
            $($(#[doc = $meaning])+ #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// The words, in the order in which they are documented.
            pub const WORDS: &'static [Word] =
                &[$(Word { word: $word, meaning: concat!($($meaning),+).trim_ascii() }),+];

            /// The value that a word stands for.
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }

            /// The word in the file.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }
    };
}

words! {
    /// What an indicator measures, after the AMEC integrated evaluation framework.
    IndicatorKind {
        /// Money, people, time put in.
        Input = "input",
        /// What was done with them.
        Activity = "activity",
        /// What reached people: reach, likes, impressions, attendance.
        Output = "output",
        /// What people took from it: awareness, recall, intention.
        Outtake = "outtake",
        /// What changed in what people do or hold.
        Outcome = "outcome",
        /// What that changed for the principal's interest.
        Impact = "impact",
    }
}

impl IndicatorKind {
    /// Whether an objective may rest on it.
    pub fn carries_objectives(self) -> bool {
        matches!(self, Self::Outcome | Self::Impact)
    }
}

words! {
    /// The direction wanted.
    Better {
        /// More is better.
        Higher = "higher",
        /// Less is better.
        Lower = "lower",
    }
}

words! {
    /// What a target counts.
    Counts {
        /// The level that everybody sees.
        Level = "level",
        /// What is there because of us.
        Additional = "additional",
    }
}

words! {
    /// The tables that evidence fills.
    TableKind {
        /// An indicator's value for a unit in a period.
        Observations = "observations",
        /// How much went from one place to another in a period.
        Flows = "flows",
        /// Who acted towards whom, when and about what.
        Interactions = "interactions",
        /// Which account shared which item, when.
        Shares = "shares",
        /// What was said.
        Statements = "statements",
        /// What was done.
        Acts = "acts",
        /// Who contributed or gained how much.
        Ledger = "ledger",
        /// Who the actors are.
        Actors = "actors",
    }
}

words! {
    /// Formats of evidence files.
    Format {
        /// Comma-separated values with a header, UTF-8.
        Csv = "csv",
        /// Apache Parquet.
        Parquet = "parquet",
    }
}

words! {
    /// What of the focus's own flows a remainder may hold.
    RemainderHides {
        /// None: every flow from or to the focus has a row.
        Nothing = "nothing",
        /// Only flows smaller than any that is named of the same place.
        Smaller = "smaller",
        /// Any.
        Anything = "anything",
    }
}

words! {
    /// Lengths of windows.
    WindowLength {
        /// Calendar months.
        Month = "month",
        /// Calendar quarters.
        Quarter = "quarter",
        /// Calendar years.
        Year = "year",
    }
}

words! {
    /// Designs that can judge an objective.
    Design {
        /// Abadie, Diamond and Hainmueller 2010, outcomes only.
        SyntheticControl = "synthetic-control",
    }
}

words! {
    /// The scale on which units are compared.
    ScaleName {
        /// As measured.
        Levels = "levels",
        /// Natural logarithms: differences are shares.
        Logs = "logs",
        /// As measured, less each unit's mean before treatment.
        Demeaned = "demeaned",
        /// Natural logarithms, less each unit's mean before treatment.
        DemeanedLogs = "demeaned-logs",
    }
}

words! {
    /// Whom a threat touches.
    Hits {
        /// The treated units.
        Treated = "treated",
        /// The units compared with.
        Donors = "donors",
        /// All of them alike.
        Everyone = "everyone",
    }
}

words! {
    /// Whether a benefit is there yet.
    Status {
        /// Expected.
        Projected = "projected",
        /// Realised.
        Actual = "actual",
    }
}

words! {
    /// Kinds of initiative.
    InitiativeKind {
        /// A campaign.
        Campaign = "campaign",
        /// An event, such as a festival or games.
        Event = "event",
        /// An exchange of people.
        Exchange = "exchange",
        /// Scholarships.
        Scholarship = "scholarship",
        /// An institution that lasts.
        Institution = "institution",
        /// Broadcasting.
        Broadcast = "broadcast",
        /// Help in kind or money.
        Aid = "aid",
        /// Bringing others together.
        Convening = "convening",
        /// Something else.
        Other = "other",
    }
}

words! {
    /// Kinds of means.
    ResourceKind {
        /// Arts, heritage, language, sport.
        Culture = "culture",
        /// People and their ties.
        People = "people",
        /// Institutions and their standing.
        Institution = "institution",
        /// Science, education, expertise.
        Knowledge = "knowledge",
        /// Money.
        Money = "money",
        /// The power to bring others together.
        Convening = "convening",
    }
}

words! {
    /// Kinds of audience. A private person is none of them.
    AudienceKind {
        /// Many people.
        Public = "public",
        /// Organisations.
        Organisation = "organisation",
        /// Public offices, in their role.
        PublicOffice = "public-office",
    }
}

words! {
    /// On what basis personal data may be processed (GDPR article 6, paragraph 1).
    LawfulBasis {
        /// The person agreed (point a).
        Consent = "consent",
        /// A contract with the person needs it (point b).
        Contract = "contract",
        /// A law demands it (point c).
        LegalObligation = "legal-obligation",
        /// A life depends on it (point d).
        VitalInterests = "vital-interests",
        /// A task in the public interest, or official authority, needs it (point e).
        PublicTask = "public-task",
        /// An interest that outweighs the person's (point f); not for public authorities in their tasks.
        LegitimateInterests = "legitimate-interests",
    }
}

words! {
    /// Kinds of partner and voice. A private person is none of them.
    PartnerKind {
        /// An organisation.
        Organisation = "organisation",
        /// A public office, in its role.
        PublicOffice = "public-office",
    }
}

words! {
    /// How close to government a voice or partner is.
    Closeness {
        /// Part of government.
        State = "state",
        /// Funded or appointed by it, and self-directed.
        ArmsLength = "arms-length",
        /// Neither.
        Independent = "independent",
    }
}
