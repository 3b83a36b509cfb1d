//! The electoral guard: whether a text wants to change who wins an election, or who votes how.
//!
//! Suasion refuses such an objective, and this is the one refusal that rests on words. A sentence is electoral if a
//! *steer* (a verb, or the noun of one: "win", "the defeat of", "vote against") stands close to an *object* (a noun of
//! elections: "candidate", "voters", "seats in parliament"). The table says for each steer which classes of objects it
//! goes with and how many words may stand between: `contest~6 office>3` reaches a contest up to six words away on
//! either side, and an office up to three words behind it. `support` goes with candidates only, and only with those
//! that follow closely.
//!
//! Four lists make it up, and those of all languages are always applied:
//!
//! - `electoral-steer`: the verbs, with the objects that each reaches;
//! - `electoral-object`: the nouns, with the class of each: `contest` (election, ballot), `campaign`, `vote`, `voter`,
//!   `contestant` (candidate, opposition), `parties`, `favoured` (Arabic "for a candidate", in one word), `office`
//!   (president), `post` (power), `presidency` (an office by its name), `share` (of votes or seats), `partisan`
//!   (supporters, strongholds). A noun that is `loose` has other uses too: "candidate", "president";
//! - `electoral-except`: innocent phrases whose words are not counted: "third party", "electoral commission";
//! - `electoral-elsewhere`: words which show that nobody's voters are meant, such as "Security Council" or
//!   "scholarship". In a sentence with one of them, loose nouns are not counted.
//!
//! What it cannot see: an aim put in other words, a candidate known by name only, or a contest named two sentences
//! before.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::LazyLock;

use super::phrase::{Match, Phrases};
use super::text::Words;
use super::{Row, rows};

/// Where a text wants to change who wins, or who votes how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Electoral {
    /// The bytes of the verb, or of the noun in its place.
    pub steer: Range<usize>,
    /// The bytes of what it would steer. They lie within the verb's where it is in two parts: "keep … out of office".
    pub object: Range<usize>,
}

/// The classes of objects, as the table names them.
const CLASSES: [&str; 12] = [
    "campaign",
    "contest",
    "contestant",
    "favoured",
    "office",
    "parties",
    "partisan",
    "post",
    "presidency",
    "share",
    "vote",
    "voter",
];

/// How many words may stand between a steer and an object before it, and behind it.
#[derive(Debug, Clone, Copy, Default)]
struct Reach {
    before: Option<usize>,
    behind: Option<usize>,
}

/// What a phrase of the guard is.
#[derive(Debug)]
enum Role {
    Steer(Box<[Reach; CLASSES.len()]>),
    Object { class: usize, loose: bool },
    Except,
    Elsewhere,
}

impl Role {
    /// Every value of the table is of this form; a test reads them all.
    fn of(row: &Row) -> Option<Self> {
        match row.list {
            "electoral-steer" => {
                let mut reaches = [Reach::default(); CLASSES.len()];
                for reach in row.value.split(' ') {
                    let at = reach.find(['~', '<', '>'])?;
                    let class = class(&reach[..at])?;
                    let most: usize = reach[at + 1..].parse().ok()?;
                    let sides = &mut reaches[class];
                    if !reach[at..].starts_with('>') {
                        sides.before = Some(most);
                    }
                    if !reach[at..].starts_with('<') {
                        sides.behind = Some(most);
                    }
                }
                Some(Self::Steer(Box::new(reaches)))
            }
            "electoral-object" => {
                let (name, loose) =
                    row.value.strip_suffix(" loose").map_or((row.value, false), |name| (name, true));
                Some(Self::Object { class: class(name)?, loose })
            }
            "electoral-except" => Some(Self::Except),
            "electoral-elsewhere" => Some(Self::Elsewhere),
            _ => None,
        }
    }
}

fn class(name: &str) -> Option<usize> {
    CLASSES.iter().position(|class| *class == name)
}

/// The phrases of the guard, and what each is.
struct Guard {
    phrases: Phrases,
    roles: Vec<Role>,
    /// The most words between any steer and its object.
    farthest: usize,
}

static GUARD: LazyLock<Guard> = LazyLock::new(|| {
    let (entries, roles): (Vec<&'static str>, Vec<Role>) =
        rows().filter_map(|row| Some((row.entry, Role::of(&row)?))).unzip();
    let reaches = roles.iter().filter_map(|role| match role {
        Role::Steer(reaches) => reaches.iter().flat_map(|reach| [reach.before, reach.behind]).flatten().max(),
        _ => None,
    });
    let farthest = reaches.max().unwrap_or(0);
    Guard { phrases: Phrases::new(entries), roles, farthest }
});

/// Where a text wants to change who wins an election, or who votes how: the first such verb, with the object next
/// to it.
pub fn electoral(text: &str) -> Option<Electoral> {
    let words = Words::of(text);
    let mut first = 0;
    while first < words.len() {
        let mut sentence = Sentence::default();
        let start = first;
        let mut matches = Vec::new();
        while words.same_sentence(start, first) {
            GUARD.phrases.at(&words, first, &mut matches);
            sentence.sort_in(&mut matches, start);
            first += 1;
            sentence.excepted.resize(sentence.excepted.len().max(first - start), false);
        }
        if let Some((steer, object)) = sentence.judge(start) {
            return Some(Electoral {
                steer: words.range(steer.first, steer.end),
                object: words.range(object.first, object.end),
            });
        }
    }
    None
}

/// What was found in a sentence, by role.
#[derive(Debug, Default)]
struct Sentence {
    steers: Vec<Match>,
    objects: Vec<Match>,
    /// The words of innocent phrases, from the first of the sentence on.
    excepted: Vec<bool>,
    elsewhere: bool,
}

impl Sentence {
    fn sort_in(&mut self, matches: &mut Vec<Match>, start: usize) {
        for found in matches.drain(..) {
            match GUARD.roles[found.phrase] {
                Role::Steer(_) => self.steers.push(found),
                Role::Object { .. } => self.objects.push(found),
                Role::Elsewhere => self.elsewhere = true,
                Role::Except => {
                    let end = found.end - start;
                    self.excepted.resize(self.excepted.len().max(end), false);
                    self.excepted[found.first - start..end].fill(true);
                }
            }
        }
    }

    /// The first steer that reaches an object, and the nearest that it reaches; of several the longest.
    fn judge(&self, start: usize) -> Option<(Match, Match)> {
        let counts = |found: &&Match| !self.excepted[found.first - start..found.end - start].contains(&true);
        let objects: Vec<Match> = self
            .objects
            .iter()
            .filter(counts)
            .filter(|found| {
                !(self.elsewhere && matches!(GUARD.roles[found.phrase], Role::Object { loose: true, .. }))
            })
            .copied()
            .collect();
        self.steers.iter().filter(counts).find_map(|steer| {
            // An object is at most four words and their gaps long.
            let from = steer.first.saturating_sub(GUARD.farthest + 16);
            let first = objects.partition_point(|object| object.first < from);
            objects[first..]
                .iter()
                .take_while(|object| object.first <= steer.end + GUARD.farthest)
                .filter_map(|object| Some((distance(*steer, *object)?, *object)))
                .min_by_key(|(distance, object)| (*distance, Reverse(object.end)))
                .map(|(_, object)| (*steer, object))
        })
    }
}

/// How many words stand between a steer and an object that it reaches.
fn distance(steer: Match, object: Match) -> Option<usize> {
    let (Role::Steer(reaches), Role::Object { class, .. }) =
        (&GUARD.roles[steer.phrase], &GUARD.roles[object.phrase])
    else {
        return None;
    };
    let reach = reaches[*class];
    if object.first >= steer.end {
        let between = object.first - steer.end;
        return reach.behind.filter(|most| between <= *most).map(|_| between);
    }
    if object.end <= steer.first {
        let between = steer.first - object.end;
        return reach.before.filter(|most| between <= *most).map(|_| between);
    }
    // "Keep the candidate out of office": the object stands in the steer's gap, and is none of its own words.
    let inside = object.first > steer.first && object.end < steer.end;
    reach.behind.filter(|_| inside).map(|_| 0)
}
