//! The theory of change: what leads to what, and gaps where they are.

use std::collections::BTreeSet;
use std::fmt::Write;

use expect_test::{Expect, expect};
use suasion_model::rules::Report;
use suasion_model::theory::{Column, MOST_REACHES, Presence, Theory, theory};
use suasion_model::{Source, check};

fn of(text: &str) -> Theory {
    let (strategy, Report { diagnostics, .. }) = check(&Source::new("strategy.toml", text), None);
    theory(&strategy, &diagnostics)
}

/// Boxes with their gaps, then what leads to what.
fn shown(theory: &Theory) -> String {
    let mut out = String::new();
    for node in &theory.nodes {
        let _ = writeln!(out, "{} | {}", node.id, node.label);
        for gap in &node.gaps {
            let _ = writeln!(out, "    ! {}: {}", gap.code, gap.text);
        }
    }
    for link in &theory.links {
        let _ = writeln!(out, "{} {} {}", link.from, if link.surrogate { "~>" } else { "->" }, link.to);
    }
    for gap in &theory.elsewhere {
        let _ = writeln!(out, "elsewhere ! {}: {}", gap.code, gap.text);
    }
    out
}

fn check_chain(text: &str, expect: &Expect) {
    expect.assert_eq(&shown(&of(text)));
}

const WHOLE: &str = include_str!("whole.toml");

#[test]
fn the_chain_runs_from_means_to_decision() {
    check_chain(
        WHOLE,
        &expect![[r"
            resource.games | The Games
            initiative.great | GREAT
            partner.airline | An airline
            voice.great-accounts | Campaign accounts
            audience.long-haul | Leisure travellers in long-haul markets
            indicator.arrivals | International tourist arrivals
            indicator.departures | Tourists who leave for the United Kingdom
            objective.visitors | More people visit because of the Games and the campaign
            decision.visitors | Renew the tourism half of the campaign
            resource.games -> initiative.great
            initiative.great -> partner.airline
            initiative.great -> voice.great-accounts
            partner.airline -> audience.long-haul
            voice.great-accounts -> audience.long-haul
            audience.long-haul -> indicator.arrivals
            audience.long-haul ~> indicator.departures
            indicator.arrivals -> objective.visitors
            indicator.departures ~> objective.visitors
            objective.visitors -> decision.visitors
        "]],
    );
}

const FOGGY: &str = r#"
[[objective]]
id = "image"
statement = "Improve our image abroad"
surrogate = "likes"

[[audience]]
id = "young-people"
who = "People under thirty"

[[indicator]]
id = "likes"
label = "Likes"
kind = "output"
unit = "likes"

[[initiative]]
id = "gala"
kind = "event"
starts = 2020
with = ["orchestra"]

[[resource]]
id = "hall"
kind = "culture"
"#;

#[test]
fn what_is_missing_has_a_box_where_it_is_missing() {
    check_chain(
        FOGGY,
        &expect![[r"
            resource.hall | hall
                ! unused-resource: nothing uses the resource `hall`
            initiative.gala | gala
            missing.objective.image.initiative | No initiative
                ! orphan-objective: no initiative serves the objective `image`
            undeclared.partner.orchestra | orchestra
                ! unknown-reference: `with` names no partner: `orchestra`
            missing.objective.image.audience | No audience
                ! foggy-objective: the objective `image` does not say from whom it is wanted
            missing.initiative.gala.audience | No objective, so no audience
                ! idle-initiative: the initiative `gala` serves no objective
            audience.young-people | People under thirty
            indicator.likes | Likes
                ! unmeasured-outcome: the indicator `likes` has no dataset
            missing.objective.image.outcome | No outcome
                ! foggy-objective: the objective `image` does not say what would show it
            objective.image | Improve our image abroad
                ! foggy-objective: the objective `image` cannot be wrong
                ! vague-outcome: `image` is said in words only: “Improve our image”
                ! weak-surrogate: the surrogate of `image` is an output
            missing.objective.image.decision | No decision
                ! foggy-objective: the objective `image` does not say what will be decided by it
            initiative.gala -> undeclared.partner.orchestra
            missing.objective.image.initiative -> missing.objective.image.audience
            undeclared.partner.orchestra -> missing.initiative.gala.audience
            missing.objective.image.audience ~> indicator.likes
            missing.objective.image.audience -> missing.objective.image.outcome
            indicator.likes ~> objective.image
            missing.objective.image.outcome -> objective.image
            objective.image -> missing.objective.image.decision
            elsewhere ! missing-key: the file has no section `[strategy]`
        "]],
    );
}

#[test]
fn what_is_not_declared_is_named_as_it_is_written() {
    check_chain(
        r#"
[[objective]]
id = "fans"
statement = "Fans"
decision = "Go on"
audience = "fans"
outcome = "love"

[[objective]]
id = "friends"
statement = "Friends"
decision = "Go on"
audience = "fans"
outcome = "love"

[[initiative]]
id = "gala"
kind = "event"
starts = 2020
serves = ["fans", "friend", "friends"]
uses = ["hall"]
voice = "radio"
"#,
        &expect![[r"
            undeclared.resource.hall | hall
                ! unknown-reference: `uses` names no resource: `hall`
            initiative.gala | gala
                ! megaphone: `gala` speaks to `fans`, and nothing listens
            undeclared.voice.radio | radio
                ! unknown-reference: `voice` names no voice: `radio`
            undeclared.audience.fans | fans
                ! unknown-reference: `audience` names no audience: `fans`
            undeclared.indicator.love | love
                ! unknown-reference: `outcome` names no indicator: `love`
            objective.fans | Fans
                ! foggy-objective: the objective `fans` cannot be wrong
                ! lonely-objective: nobody else works on `fans`
                ! no-smallest-effect: `fans` does not say which effect would matter
                ! no-evaluation: nobody says how `fans` will be judged
            objective.friends | Friends
                ! foggy-objective: the objective `friends` cannot be wrong
                ! no-smallest-effect: `friends` does not say which effect would matter
                ! no-evaluation: nobody says how `friends` will be judged
            undeclared.objective.friend | friend
                ! unknown-reference: `serves` names no objective: `friend`
            decision.fans | Go on
            undeclared.resource.hall -> initiative.gala
            initiative.gala -> undeclared.voice.radio
            undeclared.voice.radio -> undeclared.audience.fans
            undeclared.voice.radio -> undeclared.objective.friend
            undeclared.audience.fans -> undeclared.indicator.love
            undeclared.indicator.love -> objective.fans
            undeclared.indicator.love -> objective.friends
            objective.fans -> decision.fans
            objective.friends -> decision.fans
            elsewhere ! missing-key: the file has no section `[strategy]`
        "]],
    );
}

#[test]
fn at_home_is_an_audience_without_a_section() {
    let theory = of("[[objective]]\nid = \"a\"\nstatement = \"A\"\naudience = \"domestic\"\n");
    let home = theory.nodes.iter().find(|node| node.id == "audience.domestic").expect("an audience");
    assert_eq!((home.standing, home.gaps.len()), (Presence::Declared, 0));
}

#[test]
fn a_header_that_could_not_be_read_is_no_part_of_the_section_before_it() {
    let theory = of("[[resource]]\nid = \"a\"\nkind = \"culture\"\n[[objectiv]]\nid = \"b\"\n[audience]\n");
    assert_eq!(theory.nodes.len(), 1);
    let codes: Vec<&str> = theory.nodes[0].gaps.iter().map(|gap| gap.code.as_str()).collect();
    assert_eq!(codes, ["unused-resource"]);
    let codes: BTreeSet<&str> = theory.elsewhere.iter().map(|gap| gap.code.as_str()).collect();
    assert_eq!(codes, BTreeSet::from(["missing-key", "unknown-key", "wrong-type"]));
}

#[test]
fn a_diagnostic_stands_in_one_place() {
    for text in [WHOLE, FOGGY, "", "[[objective]]\n[[objective]]\nid = \"a\"\n[[dataset]]\nid = 3\n"] {
        let (strategy, Report { diagnostics, .. }) = check(&Source::new("strategy.toml", text), None);
        let theory = theory(&strategy, &diagnostics);
        for one in &diagnostics {
            let same = |code: &str, text: &str| code == one.code && text == one.headline;
            let said = diagnostics.iter().filter(|other| same(other.code, &other.headline)).count();
            let shown = theory.gaps().filter(|(_, gap)| same(&gap.code, &gap.text)).count();
            assert_eq!(shown, said, "{}", one.headline);
        }
    }
}

#[test]
fn whatever_was_used_twice_or_not_named_has_a_name_of_its_own() {
    let text = "[[objective]]\n[[objective]]\nid = \"a\"\n[[objective]]\nid = \"a\"\n[[objective]]\nid = \"a-2\"\n\
                [[initiative]]\nserves = [\"a\", \"a\", \"#1\", \"a#3\"]\n[[initiative]]\n[[resource]]\nid = \"a\"\n";
    for node_ids in [of(text), of(WHOLE), of(FOGGY)].map(|theory| {
        assert!(theory.nodes.iter().map(|node| node.column).is_sorted());
        for link in &theory.links {
            let column = |id: &str| theory.nodes.iter().find(|node| node.id == id).expect("a box").column;
            assert!(column(&link.from) < column(&link.to), "{} does not come before {}", link.from, link.to);
        }
        theory.nodes.into_iter().map(|node| node.id).collect::<Vec<_>>()
    }) {
        let unique: BTreeSet<&String> = node_ids.iter().collect();
        assert_eq!(unique.len(), node_ids.len(), "{node_ids:?}");
    }
}

/// The sections of a strategy, each with all its lines.
fn sections(text: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = text.match_indices("\n[").map(|(at, _)| at + 1).collect();
    starts.insert(0, 0);
    starts.push(text.len());
    starts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

#[test]
fn the_order_of_sections_changes_no_box_link_or_gap() {
    let told = |text: &str| {
        let theory = of(text);
        let mut nodes: Vec<String> = theory
            .nodes
            .iter()
            .map(|node| {
                let mut gaps = node.gaps.clone();
                gaps.sort();
                format!("{} {:?} {} {:?} {gaps:?}", node.id, node.column, node.label, node.standing)
            })
            .collect();
        let mut links: Vec<String> = theory.links.iter().map(|link| format!("{link:?}")).collect();
        let mut elsewhere = theory.elsewhere;
        nodes.sort();
        links.sort();
        elsewhere.sort();
        (nodes, links, elsewhere)
    };
    for text in [WHOLE, FOGGY, include_str!("../../../../cases/london-2012/strategy.toml")] {
        let as_written = told(text);
        let mut sections = sections(text);
        for _ in 0..sections.len() {
            sections.rotate_left(1);
            assert_eq!(told(&sections.join("\n")), as_written);
        }
        sections.reverse();
        assert_eq!(told(&sections.join("\n")), as_written);
    }
}

/// A strategy of `n` objectives, each with all that it needs, and one initiative for all of them.
fn large(n: usize) -> String {
    let mut text = String::new();
    for i in 0..n {
        let _ = write!(
            text,
            "[[objective]]\nid = \"o{i}\"\nstatement = \"O\"\naudience = \"a{i}\"\noutcome = \"i{i}\"\ndecision = \"D{i}\"\n\
             [[audience]]\nid = \"a{i}\"\nwho = \"A\"\n[[indicator]]\nid = \"i{i}\"\nlabel = \"I\"\nkind = \"outcome\"\nunit = \"x\"\n\
             [[partner]]\nid = \"p{i}\"\nname = \"P\"\nkind = \"organisation\"\ncloseness = \"independent\"\n"
        );
    }
    let all = |prefix: &str| (0..n).map(|i| format!("\"{prefix}{i}\"")).collect::<Vec<_>>().join(", ");
    let _ = writeln!(
        text,
        "[[initiative]]\nid = \"everything\"\nkind = \"other\"\nstarts = 2020\nserves = [{}]\nwith = [{}]",
        all("o"),
        all("p")
    );
    text
}

#[test]
fn a_strategy_of_five_thousand_sections_is_told_in_bounds() {
    let theory = of(&large(1250));
    let in_column = |column| theory.nodes.iter().filter(|node| node.column == column).count();
    assert_eq!(Column::ALL.map(in_column), [0, 1, 1250, 1250, 1250, 1250, 1250]);
    assert!(!theory.links_are_complete);
    assert_eq!(theory.links.len(), 4 * 1250 + MOST_REACHES);
    assert!(of(&large(50)).links_are_complete);
}
