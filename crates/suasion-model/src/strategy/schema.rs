//! The strategy language, declared once: every section, every key, what it holds and what it is for.
//!
//! The reader checks a file against these tables, and `docs/strategy.md` is printed from them; so a key exists in
//! one place only.

use super::words::{
    AudienceKind, Better, Closeness, Counts, Design, Format, Hits, IndicatorKind, InitiativeKind,
    LawfulBasis, PartnerKind, RemainderHides, ResourceKind, ScaleName, Status, TableKind, WindowLength, Word,
};

/// A section of the file: `[strategy]`, or a repeated one such as `[[objective]]`.
#[derive(Debug)]
pub struct Section {
    /// Its name in the file.
    pub name: &'static str,
    /// Whether it may stand more than once, each with its `id`.
    pub repeated: bool,
    /// What it is for.
    pub doc: &'static str,
    /// Its keys, in the order in which they are best written.
    pub keys: &'static [Key],
}

/// A key of a section or of a record within one.
#[derive(Debug)]
pub struct Key {
    /// Its name in the file.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether the section cannot be read without it.
    pub required: bool,
    /// What it is for.
    pub doc: &'static str,
}

/// What a key holds.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A string that is not blank.
    Text,
    /// A list of strings.
    Texts,
    /// A kebab-case name, unique in its section, and none of these words, which mean something already.
    Id(&'static [&'static str]),
    /// The id of a section of this name; or one of the words behind it.
    Reference(&'static str, &'static [&'static str]),
    /// A list of ids of sections of this name; or of the words behind it.
    References(&'static str, &'static [&'static str]),
    /// One word of a fixed list.
    OneOf(&'static [Word]),
    /// One word of a fixed list that says who somebody is. A private person is nobody that a strategy may name.
    Who(&'static [Word]),
    /// The code of a diagnostic whose severity may be lowered.
    Code,
    /// For how long: an ISO 8601 duration in whole years, months, weeks or days.
    Duration,
    /// A whole number.
    Integer,
    /// A finite number.
    Number,
    /// A number from the first to the second, which may be infinite.
    Within(f64, f64),
    /// `true` or `false`.
    Flag,
    /// `2012`, `"2012-02"` or `2012-02-01`.
    Period,
    /// The size of an effect: `"5 %"`, or a number in the indicator's unit.
    Effect,
    /// A table with these keys.
    Record(&'static [Key]),
    /// A list of tables with these keys.
    Records(&'static [Key]),
    /// A table from our column names to the file's.
    Columns,
}

const fn required(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { name, kind, required: true, doc }
}

const fn optional(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { name, kind, required: false, doc }
}

const ID: Key = id(&[]);

/// The id of a section that may have any but these.
const fn id(reserved: &'static [&'static str]) -> Key {
    required("id", Kind::Id(reserved), "Kebab-case name, unique among its kind.")
}

/// The audience that is there without being written.
const DOMESTIC: &[&str] = &["domestic"];

/// What a figure is read from that is in no dataset.
const OURS: &[&str] = &["ours"];

const LABEL: Key = optional("label", Kind::Text, "Its name for readers; without one, the id.");

const MEASUREMENT: &[Key] = &[
    required("period", Kind::Period, "When it was, or will be, that much."),
    required("value", Kind::Number, "How much, in the indicator's unit."),
    optional(
        "counts",
        Kind::OneOf(Counts::WORDS),
        "Whether the value is the level everybody sees, or what is additional: there because of us.",
    ),
    optional("source", Kind::Reference("dataset", OURS), "The dataset it was read from, or `ours`."),
];

const MONEY: &[Key] = &[
    required("amount", Kind::Within(0.0, f64::INFINITY), "How much."),
    required("currency", Kind::Text, "Its ISO 4217 code."),
];

const THREAT: &[Key] = &[
    required("what", Kind::Text, "What else happened."),
    required("from", Kind::Period, "When it began."),
    optional("until", Kind::Period, "When it ended; without one, it lasts."),
    required("hits", Kind::OneOf(Hits::WORDS), "Whom it touched: the treated, the donors, or everyone."),
    optional("source", Kind::Text, "Where that is known from."),
];

/// The longest that an id may be.
pub const LONGEST_ID: usize = 64;

/// All sections of the language, in the order in which a strategy is best read.
pub const SECTIONS: &[Section] = &[
    Section {
        name: "strategy",
        repeated: false,
        doc: "What the file is about, whose it is, and what will be decided by it.",
        keys: &[
            required("schema", Kind::Integer, "The version of this language: 1."),
            required("title", Kind::Text, "One line."),
            required(
                "principal",
                Kind::Text,
                "On whose behalf: an ISO 3166 alpha-3 code or an organisation's name.",
            ),
            required("owner", Kind::Text, "Who answers for it."),
            required(
                "decision",
                Kind::Text,
                "What will be decided by the answers. Fewer than 25 words: it heads the brief.",
            ),
            optional(
                "language",
                Kind::Text,
                "The language of its texts, as a BCP 47 tag or an ISO 639 code: `fr`, `fr-CA`, `fra`.",
            ),
        ],
    },
    Section {
        name: "audience",
        repeated: true,
        doc: "Whom it is for. `domestic` is there without being written.",
        keys: &[
            id(DOMESTIC),
            required("who", Kind::Text, "Who they are."),
            optional("kind", Kind::Who(AudienceKind::WORDS), "What they are; without a word, the public."),
            optional(
                "places",
                Kind::Texts,
                "Where they are, as ISO 3166 alpha-3 codes; without any, everywhere.",
            ),
        ],
    },
    Section {
        name: "indicator",
        repeated: true,
        doc: "Something measured, and what kind of thing it is in the AMEC framework.",
        keys: &[
            ID,
            required("label", Kind::Text, "Its name for readers."),
            required(
                "kind",
                Kind::OneOf(IndicatorKind::WORDS),
                "What it measures. Reach (followers, likes, impressions) is an output.",
            ),
            required("unit", Kind::Text, "The unit of its values."),
            optional("better", Kind::OneOf(Better::WORDS), "The direction wanted; without one, higher."),
            optional(
                "of",
                Kind::References("audience", DOMESTIC),
                "The audiences that it counts; without any, it counts everybody.",
            ),
            optional("dataset", Kind::Reference("dataset", &[]), "Where its values are."),
            optional(
                "code",
                Kind::Text,
                "Its series' code; selects rows where the dataset has an `indicator` column.",
            ),
        ],
    },
    Section {
        name: "dataset",
        repeated: true,
        doc: "A file of evidence: which table it fills, how its columns are named, and on what terms it is used.",
        keys: &[
            id(OURS),
            required("table", Kind::OneOf(TableKind::WORDS), "The table it fills."),
            required("format", Kind::OneOf(Format::WORDS), "The format of the file."),
            required("path", Kind::Text, "The file, relative to the strategy."),
            required("columns", Kind::Columns, "Our column names, each with the file's name for it."),
            required("source", Kind::Text, "Who published it, as what, and when it was fetched."),
            optional("licence", Kind::Text, "The licence it is used under: an SPDX name where there is one."),
            optional("unit", Kind::Text, "The unit of its values, where the file has no column for it."),
            optional("since", Kind::Period, "The first period it covers."),
            optional("until", Kind::Period, "The last period it covers."),
            optional("continues", Kind::Flag, "Whether newer periods will be published, up to the horizon."),
            optional("caveats", Kind::Texts, "What a reader must know of it: printed with every figure."),
            optional(
                "listens_to",
                Kind::References("audience", DOMESTIC),
                "The audiences whose voices these are.",
            ),
            optional(
                "personal",
                Kind::Flag,
                "Whether it holds data of natural persons; then with purpose, lawful_basis and retention.",
            ),
            optional("purpose", Kind::Text, "Why personal data are processed (GDPR article 5)."),
            optional("lawful_basis", Kind::OneOf(LawfulBasis::WORDS), "On what basis (GDPR article 6)."),
            optional("retention", Kind::Duration, "For how long they are kept."),
        ],
    },
    Section {
        name: "objective",
        repeated: true,
        doc: "What is wanted, from whom, by when, and how anyone would know.",
        keys: &[
            ID,
            required("statement", Kind::Text, "The objective in one sentence."),
            optional("decision", Kind::Text, "What will be decided by the answer. Fewer than 25 words."),
            optional("audience", Kind::Reference("audience", DOMESTIC), "From whom it is wanted."),
            optional(
                "outcome",
                Kind::Reference("indicator", &[]),
                "The indicator that shows it: an outcome or an impact.",
            ),
            optional("baseline", Kind::Record(MEASUREMENT), "Where it stood."),
            optional("target", Kind::Record(MEASUREMENT), "Where it should stand."),
            optional(
                "smallest_effect",
                Kind::Effect,
                "The least effect of ours that would change the decision.",
            ),
            optional("horizon", Kind::Period, "When it is judged."),
            optional("owner", Kind::Text, "Who answers for it."),
            optional("benefit", Kind::Text, "What is counted once, across objectives."),
            optional("status", Kind::OneOf(Status::WORDS), "Whether its benefit is projected or actual."),
            optional(
                "surrogate",
                Kind::Reference("indicator", &[]),
                "An earlier indicator, where the outcome takes long.",
            ),
        ],
    },
    Section {
        name: "evaluation",
        repeated: true,
        doc: "How an objective will be judged.",
        keys: &[
            ID,
            required("objective", Kind::Reference("objective", &[]), "What it judges."),
            required("design", Kind::OneOf(Design::WORDS), "The design that decides."),
            optional(
                "scale",
                Kind::OneOf(ScaleName::WORDS),
                "The scale of the comparison; the others are shown beside it. Without one, logs.",
            ),
            optional(
                "treated",
                Kind::Texts,
                "The unit that was treated, from the first period on; one only, for now.",
            ),
            optional(
                "treatment",
                Kind::Reference("indicator", &[]),
                "An indicator whose first non-zero period starts the treatment, unit by unit.",
            ),
            optional("donors", Kind::Texts, "The units to compare with; without any, every other unit."),
            required("from", Kind::Period, "The first period under treatment."),
            optional("until", Kind::Period, "The last period judged; without one, the objective's horizon."),
            optional(
                "threats",
                Kind::Records(THREAT),
                "What else happened that could explain a difference; `[]` if you looked and found nothing.",
            ),
        ],
    },
    Section {
        name: "corridor",
        repeated: true,
        doc: "Flows between places that `suasion map` reads around one of them.",
        keys: &[
            ID,
            LABEL,
            required("dataset", Kind::Reference("dataset", &[]), "Where the flows are."),
            required("focus", Kind::Text, "The place looked from."),
            required("period", Kind::Period, "The period looked at."),
            optional("kind", Kind::Text, "The kind of flow, where the dataset has a `kind` column."),
            optional(
                "remainder",
                Kind::Texts,
                "Names in the data that stand for `elsewhere`: counted in totals, never shown as partners.",
            ),
            optional(
                "remainder_hides",
                Kind::OneOf(RemainderHides::WORDS),
                "What flows to or from the focus `elsewhere` may hold, of every place that names it; without a word, anything.",
            ),
        ],
    },
    Section {
        name: "network",
        repeated: true,
        doc: "Interactions that `suasion map` reads as a network: who is tied to whom, in which communities, and over whom.",
        keys: &[
            ID,
            LABEL,
            required("dataset", Kind::Reference("dataset", &[]), "Where the interactions are."),
            optional(
                "actors",
                Kind::Reference("dataset", &[]),
                "Which actors may be named: those whose row says `organisation` or `public-office`, and by which source. Without one, nobody is.",
            ),
            optional(
                "issues",
                Kind::References("issue", &[]),
                "Only interactions that one of these issues marks: a keyword is among their `issue_keys` (which `|` separates), in any case and with or without `#`.",
            ),
            optional("layers", Kind::Texts, "Only interactions of these layers."),
            optional("verbs", Kind::Texts, "Only interactions of these verbs."),
            optional("from", Kind::Period, "Only interactions from its first day on."),
            optional("until", Kind::Period, "Only interactions up to its last day."),
            optional(
                "windows",
                Kind::OneOf(WindowLength::WORDS),
                "The length of windows in which change is looked for; without a word, none is.",
            ),
            optional(
                "census",
                Kind::Flag,
                "Whether these are all ties there are, such as links, twinnings or votes, and not a sample of them.",
            ),
            optional(
                "resolution",
                Kind::Within(0.01, 100.0),
                "How finely communities are cut: the larger, the smaller they are; without a number, 1.",
            ),
            optional("seed", Kind::Integer, "Which draw; without a number, 0."),
        ],
    },
    Section {
        name: "initiative",
        repeated: true,
        doc: "What is done for it.",
        keys: &[
            ID,
            LABEL,
            required("kind", Kind::OneOf(InitiativeKind::WORDS), "What kind of thing it is."),
            optional("serves", Kind::References("objective", &[]), "The objectives it is for."),
            optional("uses", Kind::References("resource", &[]), "The resources it draws on."),
            optional("with", Kind::References("partner", &[]), "The partners it works with."),
            optional("voice", Kind::Reference("voice", &[]), "The voice that speaks for it."),
            required("starts", Kind::Period, "When it begins."),
            optional("ends", Kind::Period, "When it ends."),
            optional("cost", Kind::Record(MONEY), "What it costs."),
        ],
    },
    Section {
        name: "resource",
        repeated: true,
        doc: "What there is to work with.",
        keys: &[ID, LABEL, required("kind", Kind::OneOf(ResourceKind::WORDS), "What kind of means it is.")],
    },
    Section {
        name: "partner",
        repeated: true,
        doc: "Who else is in it: an organisation or a public office, never a private person.",
        keys: &[
            ID,
            required("name", Kind::Text, "Its name."),
            required(
                "kind",
                Kind::Who(PartnerKind::WORDS),
                "An organisation, or a public office in its role.",
            ),
            required("closeness", Kind::OneOf(Closeness::WORDS), "How close to government it is."),
            optional("asks", Kind::Text, "What it is asked for."),
            optional("gains", Kind::Text, "What it gains."),
            optional("disclosed", Kind::Flag, "Whether the tie is public."),
        ],
    },
    Section {
        name: "voice",
        repeated: true,
        doc: "An account or organisation that speaks, never a private person.",
        keys: &[
            ID,
            required("name", Kind::Text, "Its name."),
            optional(
                "kind",
                Kind::Who(PartnerKind::WORDS),
                "An organisation, or a public office in its role; without a word, an organisation.",
            ),
            required("closeness", Kind::OneOf(Closeness::WORDS), "How close to government it is."),
            optional("disclosed", Kind::Flag, "Whether the tie is public."),
        ],
    },
    Section {
        name: "issue",
        repeated: true,
        doc: "What people talk about.",
        keys: &[
            ID,
            required("label", Kind::Text, "Its name for readers."),
            required("keywords", Kind::Texts, "The words and tags that mark it."),
        ],
    },
    Section {
        name: "claim",
        repeated: true,
        doc: "What is said, and what would show that it is so.",
        keys: &[
            ID,
            required("says", Kind::Text, "The claim, as it is made."),
            optional("audience", Kind::Reference("audience", DOMESTIC), "To whom it is made."),
            required("theme", Kind::Text, "Its theme, as acts and statements are coded."),
            required("stance", Kind::Within(-1.0, 1.0), "Its sign and strength on the theme, −1 to 1."),
            optional("shown_by", Kind::Texts, "Indicators, or themes of acts, that would show it."),
            optional(
                "compared_with",
                Kind::Texts,
                "With whom, where the claim is that something is the best or the most.",
            ),
        ],
    },
    Section {
        name: "allow",
        repeated: true,
        doc: "A diagnostic that is known and lived with: an error becomes a warning, a warning is counted and not shown. \
              What could not be read stays unread, and what it would carry stays unanswered.",
        keys: &[
            required("code", Kind::Code, "The diagnostic."),
            required("reason", Kind::Text, "Why it is lived with, for whoever reads the strategy next."),
        ],
    },
];

impl Section {
    /// Its header as it is written: `[strategy]`, or `[[objective]]`.
    pub fn header(&self) -> String {
        if self.repeated { format!("[[{}]]", self.name) } else { format!("[{}]", self.name) }
    }
}

/// The section of a name.
pub fn section(name: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|section| section.name == name)
}

/// The numbers from one to another, in words.
pub(crate) fn range(least: f64, most: f64) -> String {
    let signed = |number: f64| number.to_string().replace('-', "−");
    if most.is_finite() {
        format!("from {} to {}", signed(least), signed(most))
    } else {
        format!("of {} or more", signed(least))
    }
}
