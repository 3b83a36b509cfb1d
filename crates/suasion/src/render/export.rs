//! A network for other programs: GEXF 1.3 for Gephi, and CSV. Nothing is in them that is not in the figure, so that the
//! same actors are named, and no others.
//!
//! Nodes are communities, what is left of them, and those who may be named; their places and colours are those of the
//! figure's layout and of their communities (Okabe and Ito's palette, which the colour-blind can tell apart). Ties weigh
//! their part of all interactions. What is not known is left out, never zero.

use std::fmt::Write as _;

use suasion_model::finding::{Figure, FigureData, NetworkActor, NetworkCommunity, NetworkTie};

/// Okabe and Ito (2008), *Color Universal Design*, without black.
const PALETTE: [[u8; 3]; 7] = [
    [0, 114, 178],
    [230, 159, 0],
    [0, 158, 115],
    [204, 121, 167],
    [86, 180, 233],
    [213, 94, 0],
    [240, 228, 66],
];

/// What is left of communities, and actors of none.
const GREY: [u8; 3] = [139, 143, 148];

/// How wide the layout is in the units of Gephi.
const SIDE: f64 = 1000.0;

/// What a node has besides its place: a name, and the type that GEXF gives it.
const ATTRIBUTES: [(&str, &str); 21] = [
    ("what", "string"),
    ("community", "string"),
    ("closeness", "string"),
    ("country", "string"),
    ("language", "string"),
    ("topics", "string"),
    ("actors", "integer"),
    ("named", "integer"),
    ("internal_share", "double"),
    ("stability", "double"),
    ("bridging_share", "double"),
    ("betweenness", "double"),
    ("betweenness_low", "double"),
    ("betweenness_high", "double"),
    ("rank", "string"),
    ("rank_low", "integer"),
    ("rank_high", "integer"),
    ("popularity_rank", "string"),
    ("role", "string"),
    ("standing", "string"),
    ("found", "boolean"),
];

/// A node as it is written.
struct Node<'f> {
    id: &'f str,
    label: &'f str,
    place: [f64; 2],
    size: f64,
    colour: [u8; 3],
    /// In the order of [`ATTRIBUTES`].
    values: [Option<String>; ATTRIBUTES.len()],
}

/// The network of a figure; nothing where it is none.
fn network(figure: &Figure) -> Option<(Vec<Node<'_>>, &[NetworkTie])> {
    let FigureData::Network { communities, actors, ties } = &figure.data else { return None };
    let colour = |id: Option<&str>| {
        let at = communities.iter().position(|one| Some(one.id.as_str()) == id && !one.is_rest);
        at.map_or(GREY, |at| PALETTE[at % PALETTE.len()])
    };
    let community = communities.iter().map(|one| of_community(one, colour(Some(&one.id))));
    let named = actors.iter().map(|one| of_actor(one, communities, colour(one.community.as_deref())));
    Some((community.chain(named).collect(), ties))
}

fn of_community(one: &NetworkCommunity, colour: [u8; 3]) -> Node<'_> {
    let mut values: [Option<String>; ATTRIBUTES.len()] = Default::default();
    values[0] = Some(if one.is_rest { "all others" } else { "community" }.to_string());
    values[1] = Some(one.name.clone());
    values[4] = one.languages.first().map(|bar| bar.name.clone());
    values[5] = (!one.topics.is_empty()).then(|| one.topics.join(" "));
    values[6] = Some(one.n_actors.to_string());
    values[7] = Some(one.n_named.to_string());
    values[8] = one.internal_share.map(|share| share.to_string());
    values[9] = one.stability.map(|share| share.to_string());
    values[20] = one.is_found.map(|is_found| is_found.to_string());
    values[10] = one.bridging_share.map(|share| share.to_string());
    let size = 10.0 + f64::from(one.n_actors).sqrt();
    Node { id: &one.id, label: &one.name, place: [one.x, one.y], size, colour, values }
}

fn of_actor<'f>(one: &'f NetworkActor, communities: &[NetworkCommunity], colour: [u8; 3]) -> Node<'f> {
    let community = communities.iter().find(|other| Some(&other.id) == one.community.as_ref());
    let rank = super::network_tables::rank;
    let interval = one.bridge.rank_interval;
    let range = one.bridge.betweenness_range;
    let values = [
        Some(one.kind.clone()),
        community.map(|community| community.name.clone()),
        one.closeness.clone(),
        one.country.clone(),
        one.language.clone(),
        None,
        None,
        None,
        None,
        None,
        None,
        one.bridge.betweenness.map(|share| share.to_string()),
        range.map(|[low, _]| low.to_string()),
        range.map(|[_, high]| high.to_string()),
        Some(rank(one.bridge.rank)),
        interval.map(|[low, _]| low.to_string()),
        interval.map(|[_, high]| high.to_string()),
        Some(rank(one.bridge.popularity_rank)),
        one.bridge.role.clone(),
        one.bridge.standing.clone(),
        None,
    ];
    Node { id: &one.id, label: &one.name, place: [one.x, one.y], size: 8.0, colour, values }
}

/// A figure's network as GEXF 1.3; nothing where it is none.
pub fn gexf(figure: &Figure, program: &str) -> Option<String> {
    let (nodes, ties) = network(figure)?;
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // A string takes whatever is written.
    let _ = write!(
        out,
        "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">\n  <meta>\n    \
         <creator>{}</creator>\n    <description>{}</description>\n  </meta>\n  \
         <graph defaultedgetype=\"undirected\" mode=\"static\">\n    <attributes class=\"node\" mode=\"static\">\n",
        xml(program),
        xml(&format!("{}. {}", figure.title, figure.summary)),
    );
    for (at, (name, kind)) in ATTRIBUTES.iter().enumerate() {
        let _ = writeln!(out, "      <attribute id=\"{at}\" title=\"{name}\" type=\"{kind}\"/>");
    }
    out.push_str("    </attributes>\n    <nodes>\n");
    for node in &nodes {
        let _ = writeln!(
            out,
            "      <node id=\"{}\" label=\"{}\">\n        <attvalues>",
            xml(node.id),
            xml(node.label)
        );
        for (at, value) in node.values.iter().enumerate() {
            if let Some(value) = value {
                let _ = writeln!(out, "          <attvalue for=\"{at}\" value=\"{}\"/>", xml(value));
            }
        }
        let ([x, y], [red, green, blue]) = (node.place, node.colour);
        let _ = writeln!(
            out,
            "        </attvalues>\n        <viz:color r=\"{red}\" g=\"{green}\" b=\"{blue}\"/>\n        \
             <viz:position x=\"{:.2}\" y=\"{:.2}\" z=\"0\"/>\n        <viz:size value=\"{:.2}\"/>\n      </node>",
            SIDE * (x - 0.5),
            // Gephi's axis points up.
            SIDE * (0.5 - y),
            node.size,
        );
    }
    out.push_str("    </nodes>\n    <edges>\n");
    let weighed = ties.iter().filter_map(|tie| tie.share.map(|share| (tie, share)));
    for (at, (tie, share)) in weighed.enumerate() {
        let _ = writeln!(
            out,
            "      <edge id=\"{at}\" source=\"{}\" target=\"{}\" weight=\"{share}\"/>",
            xml(&tie.source),
            xml(&tie.target),
        );
    }
    out.push_str("    </edges>\n  </graph>\n</gexf>\n");
    Some(out)
}

/// A figure's network as two tables, of nodes and of ties; nothing where it is none.
pub fn csv(figure: &Figure) -> Option<(String, String)> {
    let (nodes, ties) = network(figure)?;
    let mut out = String::from("id,label");
    for (name, _) in ATTRIBUTES {
        let _ = write!(out, ",{name}");
    }
    out.push_str(",x,y,colour\n");
    for node in &nodes {
        let _ = write!(out, "{},{}", field(node.id), field(node.label));
        for value in &node.values {
            let _ = write!(out, ",{}", value.as_deref().map(field).unwrap_or_default());
        }
        let ([x, y], [red, green, blue]) = (node.place, node.colour);
        let _ = writeln!(out, ",{x},{y},#{red:02x}{green:02x}{blue:02x}");
    }
    let mut edges = String::from("source,target,share\n");
    for (tie, share) in ties.iter().filter_map(|tie| tie.share.map(|share| (tie, share))) {
        let _ = writeln!(edges, "{},{},{share}", field(&tie.source), field(&tie.target));
    }
    Some((out, edges))
}

/// A text within an attribute or element; what XML 1.0 cannot hold is shown as U+FFFD.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// A field of a row: in quotes where it holds what ends one.
fn field(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_string()
    }
}
