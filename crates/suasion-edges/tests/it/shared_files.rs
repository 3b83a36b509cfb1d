//! Real files, where they stand.

use suasion_edges::{Edges, NodeNames, Options, read};

use crate::files::{columns, shared};

fn network(file: &str, options: &Options) -> Option<Edges> {
    let path = shared()?.join("data/networks").join(file);
    Some(read(&path, options).expect("a network"))
}

#[test]
fn shared_higgs_retweets() {
    let options = Options { weight: Some("3".into()), ..Options::default() };
    let Some(edges) = network("higgs-twitter/higgs-retweet_network.edgelist.gz", &options) else { return };
    // The network has 456,626 accounts; 256,491 of them are mentioned in this file.
    assert_eq!((edges.names.len(), edges.sources.len()), (256_491, 328_132));
    assert!(matches!(edges.names, NodeNames::Numbers(_)));
    assert_eq!(edges.receipt.compression, Some("gzip"));
    let total: f64 = edges.weights.unwrap().iter().sum();
    assert_eq!(total, 354_930.0);
}

#[test]
fn shared_higgs_activity_has_four_columns() {
    let Some(edges) = network("higgs-twitter/higgs-activity_time.txt.gz", &Options::default()) else {
        return;
    };
    assert_eq!((edges.sources.len(), edges.receipt.columns_ignored), (563_069, 2));
}

#[test]
fn shared_sister_cities_need_composite_keys() {
    let options = Options {
        from: columns(&["city1", "country1"]),
        to: columns(&["city2", "country2"]),
        ..Options::default()
    };
    let Some(edges) = network("sister-cities/twin_cities.csv", &options) else { return };
    assert_eq!(edges.sources.len(), 25_917);
    let by_city = Options { from: columns(&["city1"]), to: columns(&["city2"]), ..Options::default() };
    let Some(cities) = network("sister-cities/twin_cities.csv", &by_city) else { return };
    // Towns of one name in two countries are two.
    assert!(cities.names.len() < edges.names.len());
    assert!(edges.names.id("Berat,Albania").is_some());
}

#[test]
fn shared_eurovision_keeps_its_zeros_if_told() {
    let options = Options {
        from: columns(&["from_country"]),
        to: columns(&["to_country"]),
        weight: Some("points".into()),
        ..Options::default()
    };
    let Some(edges) = network("eurovision/votes_1975_2018.csv", &options) else { return };
    let dropped = edges.receipt.counts.zero_weights_dropped;
    assert_eq!(edges.receipt.counts.rows, 44_980);
    assert!(dropped > 0 && edges.sources.len() as u64 == 44_980 - dropped);
    let Some(kept) = network("eurovision/votes_1975_2018.csv", &Options { keep_zero: true, ..options })
    else {
        return;
    };
    assert_eq!((kept.sources.len(), kept.names), (44_980, edges.names));
}
