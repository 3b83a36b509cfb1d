//! Dependence by hand and against the definitions on a dense matrix.

use suasion_graph::dependence::{
    asymmetry, dependence_of, dependence_ties, inflow, inflow_concentration, inflow_share, outflow,
    outflow_concentration, outflow_share,
};
use suasion_graph::{Concentration, Dependence, Graph, Partner};

use crate::textbook::{Flows, shapes};

/// The centre sends 30 to one and 10 to the other, and receives 20 and 80; the large one sends most of its outflow
/// elsewhere, the small one all of it to the centre. The centre's 99 at home count for nothing, and node 3 has no flow.
const CENTRE: u32 = 0;
const LARGE: u32 = 1;
const SMALL: u32 = 2;

fn worked_example() -> Graph {
    let edges = [(0, 1, 30.0), (0, 2, 10.0), (0, 0, 99.0), (1, 0, 20.0), (1, 2, 60.0), (2, 0, 80.0)];
    Graph::from_edges(4, &edges).expect("good edges")
}

#[test]
fn shares_by_hand() {
    let graph = worked_example();
    assert_eq!([outflow(&graph, CENTRE), outflow(&graph, LARGE), outflow(&graph, SMALL)], [40.0, 80.0, 80.0]);
    assert_eq!([inflow(&graph, CENTRE), inflow(&graph, LARGE), inflow(&graph, SMALL)], [100.0, 30.0, 70.0]);
    assert_eq!(outflow_share(&graph, CENTRE, LARGE), Some(0.75));
    assert_eq!(outflow_share(&graph, LARGE, CENTRE), Some(0.25));
    assert_eq!(asymmetry(&graph, CENTRE, LARGE), Some(0.5));
    assert_eq!(asymmetry(&graph, LARGE, CENTRE), Some(-0.5));
    assert_eq!(asymmetry(&graph, SMALL, CENTRE), Some(0.75));
    assert_eq!(inflow_share(&graph, CENTRE, SMALL), Some(0.8));
    assert_eq!(inflow_share(&graph, SMALL, CENTRE), Some(1.0 / 7.0));
    assert_eq!(
        outflow_share(&graph, SMALL, LARGE),
        Some(0.0),
        "a partner without a flow has a share of zero"
    );
    assert_eq!(outflow_share(&graph, CENTRE, CENTRE), None, "nobody depends on itself");
}

#[test]
fn a_focus_by_hand() {
    let found = dependence_of(&worked_example(), CENTRE);
    let inflow = found.inflow.expect("has inflow");
    assert_eq!((inflow.total, inflow.n_partners), (100.0, 2));
    assert!((inflow.hhi - 0.68).abs() < 1e-15);
    assert!((inflow.effective_number - 1.470_588_235_294_117_6).abs() < 1e-14);
    let expected = Dependence {
        focus: CENTRE,
        inflow: Some(inflow),
        outflow: Some(Concentration { total: 40.0, n_partners: 2, hhi: 0.625, effective_number: 1.6 }),
        self_flow: 99.0,
        partners: vec![
            Partner {
                node: SMALL,
                flow_in: 80.0,
                flow_out: 10.0,
                partner_outflow: 80.0,
                focus_inflow_share: Some(0.8),
                focus_outflow_share: Some(0.25),
                partner_outflow_share: Some(1.0),
                asymmetry: Some(0.75),
            },
            Partner {
                node: LARGE,
                flow_in: 20.0,
                flow_out: 30.0,
                partner_outflow: 80.0,
                focus_inflow_share: Some(0.2),
                focus_outflow_share: Some(0.75),
                partner_outflow_share: Some(0.25),
                asymmetry: Some(-0.5),
            },
        ],
    };
    assert_eq!(found, expected);
}

#[test]
fn without_flows_nothing_is_defined() {
    for (n_nodes, edges, self_flow) in [
        (1, vec![], 0.0),
        (1, vec![(0, 0, 5.0)], 5.0),
        (2, vec![], 0.0),
        (2, vec![(0, 1, 0.0), (1, 0, 0.0)], 0.0),
        (3, vec![(1, 2, 4.0)], 0.0),
    ] {
        let graph = Graph::from_edges(n_nodes, &edges).expect("good edges");
        let none = Dependence { focus: 0, inflow: None, outflow: None, self_flow, partners: vec![] };
        assert_eq!(dependence_of(&graph, 0), none, "{edges:?}");
        let last = graph.n_nodes() - 1;
        assert_eq!(
            (outflow_share(&graph, 0, last), inflow_share(&graph, 0, last)),
            (None, None),
            "{edges:?}"
        );
    }
}

#[test]
fn one_side_without_outflow_leaves_asymmetry_undefined() {
    let graph = Graph::from_edges(2, &[(1, 0, 3.0)]).expect("good edges");
    assert_eq!((asymmetry(&graph, 0, 1), asymmetry(&graph, 1, 0)), (None, None));
    let found = dependence_of(&graph, 0);
    assert_eq!(found.outflow, None);
    assert_eq!(found.partners[0].focus_inflow_share, Some(1.0));
    assert_eq!(found.partners[0].partner_outflow_share, Some(1.0));
    assert_eq!((found.partners[0].focus_outflow_share, found.partners[0].asymmetry), (None, None));
}

#[test]
fn equal_flows_are_ordered_by_node() {
    let graph =
        Graph::from_edges(4, &[(3, 0, 2.0), (0, 1, 2.0), (2, 0, 1.0), (0, 2, 1.0)]).expect("good edges");
    let order: Vec<u32> = dependence_of(&graph, 0).partners.iter().map(|partner| partner.node).collect();
    assert_eq!(order, [1, 2, 3]);
}

#[test]
fn agrees_with_the_definitions_on_a_dense_matrix() {
    for shape in shapes() {
        let graph = Graph::from_edges(shape.n_nodes as usize, &shape.edges).expect("good edges");
        let flows = Flows::new(shape.n_nodes, &shape.edges);
        let name = &shape.name;
        for i in 0..shape.n_nodes {
            assert_eq!(outflow(&graph, i), flows.outflow(i), "{name}");
            assert_eq!(inflow(&graph, i), flows.inflow(i), "{name}");
            let others =
                |flow: &dyn Fn(u32) -> f64| (0..shape.n_nodes).filter(|&k| flow(k) > 0.0).count() as u32;
            let destinations = others(&|k| flows.between(i, k));
            let origins = others(&|k| flows.between(k, i));
            check_concentration(outflow_concentration(&graph, i), flows.outflow_hhi(i), destinations, name);
            check_concentration(inflow_concentration(&graph, i), flows.inflow_hhi(i), origins, name);
            for j in 0..shape.n_nodes {
                assert_eq!(outflow_share(&graph, i, j), flows.outflow_share(i, j), "{name}");
                assert_eq!(inflow_share(&graph, i, j), flows.inflow_share(i, j), "{name}");
                let expected = flows.outflow_share(i, j).zip(flows.outflow_share(j, i)).map(|(a, b)| a - b);
                assert_eq!(asymmetry(&graph, i, j), expected, "{name}");
            }
            check_focus(&graph, &flows, i, name);
        }
    }
}

fn check_concentration(found: Option<Concentration>, hhi: Option<f64>, n_partners: u32, name: &str) {
    assert_eq!(found.is_some(), hhi.is_some(), "{name}");
    if let (Some(found), Some(hhi)) = (found, hhi) {
        assert_eq!(found.n_partners, n_partners, "{name}");
        assert!((found.hhi - hhi).abs() < 1e-12, "{name}");
        assert!((found.effective_number * found.hhi - 1.0).abs() < 1e-12, "{name}");
        assert!(found.hhi < 1.0 + 1e-12 && found.hhi > 1.0 / f64::from(found.n_partners) - 1e-12, "{name}");
    }
}

fn check_focus(graph: &Graph, flows: &Flows, focus: u32, name: &str) {
    let found = dependence_of(graph, focus);
    assert_eq!(found.inflow, inflow_concentration(graph, focus), "{name}");
    assert_eq!(found.outflow, outflow_concentration(graph, focus), "{name}");
    assert_eq!(found.self_flow, graph.weight(focus, focus).unwrap_or(0.0), "{name}");
    let nodes: Vec<u32> = found.partners.iter().map(|partner| partner.node).collect();
    let mut expected: Vec<u32> = flows.partners(focus).into_iter().collect();
    let both_ways = |node: u32| flows.between(node, focus) + flows.between(focus, node);
    expected.sort_by(|&a, &b| both_ways(b).total_cmp(&both_ways(a)).then(a.cmp(&b)));
    assert_eq!(nodes, expected, "{name}");
    for partner in found.partners {
        let node = partner.node;
        let expected = Partner {
            node,
            flow_in: flows.between(node, focus),
            flow_out: flows.between(focus, node),
            partner_outflow: flows.outflow(node),
            focus_inflow_share: flows.inflow_share(focus, node),
            focus_outflow_share: flows.outflow_share(focus, node),
            partner_outflow_share: flows.outflow_share(node, focus),
            asymmetry: asymmetry(graph, node, focus),
        };
        assert_eq!(partner, expected, "{name}");
    }
}

#[test]
fn every_flow_as_one_by_one() {
    for shape in shapes() {
        let graph = Graph::from_edges(shape.n_nodes as usize, &shape.edges).expect("good edges");
        let ties = dependence_ties(&graph);
        let n = graph.n_nodes();
        let pairs = (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
        let expected: Vec<(u32, u32)> =
            pairs.filter(|&(i, j)| i != j && graph.weight(i, j).is_some_and(|flow| flow > 0.0)).collect();
        assert_eq!(ties.iter().map(|tie| (tie.origin, tie.destination)).collect::<Vec<_>>(), expected);
        for tie in ties {
            let (i, j) = (tie.origin, tie.destination);
            assert_eq!(Some(tie.flow), graph.weight(i, j));
            assert_eq!(Some(tie.outflow_share), outflow_share(&graph, i, j));
            assert_eq!(Some(tie.inflow_share), inflow_share(&graph, j, i));
            assert_eq!(tie.asymmetry, asymmetry(&graph, i, j));
        }
    }
}
