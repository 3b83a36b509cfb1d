//! Same in, same out: the order of rows changes no byte, and renaming permutes.

use proptest::prelude::*;
use suasion_graph::dependence::dependence_of;
use suasion_graph::{Concentration, Graph, Names, weak_components};

const N_NAMES: usize = 9;

type Row = (usize, usize, f64);

/// Rows between the numbers of names, with many parallel ones.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let weight = prop_oneof![Just(0.0), Just(0.1), Just(1e16), 0.0..1e6, (1..5_u8).prop_map(f64::from)];
    prop::collection::vec((0..N_NAMES, 0..N_NAMES, weight), 0..40)
}

fn build(rows: &[Row], names: &[String]) -> (Names, Graph) {
    let edges = rows.iter().map(|&(source, target, weight)| (&*names[source], &*names[target], weight));
    Graph::from_named_edges(edges).expect("good edges")
}

/// Everything there is to say about the graph; floats print differently if any bit but a NaN's differs.
fn everything(names: &Names, graph: &Graph) -> String {
    let nodes = 0..graph.n_nodes();
    let dependences: Vec<_> = nodes.clone().map(|u| dependence_of(graph, u)).collect();
    let strengths: Vec<_> = nodes.map(|u| (graph.out_strength(u), graph.in_strength(u))).collect();
    format!(
        "{names:?} {graph:?} {strengths:?} {} {:?} {dependences:?}",
        graph.total_weight(),
        weak_components(graph)
    )
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(1.0)
}

fn close_options(a: Option<f64>, b: Option<f64>) -> bool {
    a.is_some() == b.is_some() && a.zip(b).is_none_or(|(a, b)| close(a, b))
}

fn close_concentrations(a: Option<Concentration>, b: Option<Concentration>) -> bool {
    close_options(a.map(|a| a.total), b.map(|b| b.total))
        && close_options(a.map(|a| a.hhi), b.map(|b| b.hhi))
        && close_options(a.map(|a| a.effective_number), b.map(|b| b.effective_number))
        && a.map(|a| a.n_partners) == b.map(|b| b.n_partners)
}

proptest! {
    #[test]
    fn the_order_of_rows_changes_no_byte(
        (rows, shuffled) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        integers in any::<bool>(),
    ) {
        let called: Vec<String> =
            (0..N_NAMES).map(|name| if integers { (name * 5).to_string() } else { format!("n{name}") }).collect();
        let (names, graph) = build(&rows, &called);
        let (shuffled_names, shuffled_graph) = build(&shuffled, &called);
        prop_assert_eq!(everything(&names, &graph), everything(&shuffled_names, &shuffled_graph));
    }

    #[test]
    fn renaming_permutes(
        rows in rows(),
        permutation in Just((0..N_NAMES).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let before: Vec<String> = (0..N_NAMES).map(|name| format!("n{name}")).collect();
        let after: Vec<String> = permutation.iter().map(|name| (name * 6).to_string()).collect();
        let (a_names, a) = build(&rows, &before);
        let (b_names, b) = build(&rows, &after);
        // Where each node of the first graph is in the second.
        let there: Vec<u32> = a_names
            .iter()
            .map(|name| {
                let number = before.iter().position(|other| other == name).expect("a name");
                b_names.id(&after[number]).expect("the same names occur")
            })
            .collect();
        let to = |u: u32| there[u as usize];

        prop_assert_eq!((a.n_nodes(), a.n_edges()), (b.n_nodes(), b.n_edges()));
        prop_assert!(close(a.total_weight(), b.total_weight()));
        for (u, v, weight) in a.edges() {
            prop_assert_eq!(b.weight(to(u), to(v)).map(f64::to_bits), Some(weight.to_bits()));
        }

        let (a_parts, b_parts) = (weak_components(&a), weak_components(&b));
        let counts = |sizes: &[suasion_graph::ComponentSize]| sizes.iter().map(|size| size.n_nodes).collect::<Vec<_>>();
        prop_assert_eq!(counts(&a_parts.sizes().several), counts(&b_parts.sizes().several));

        for u in 0..a.n_nodes() {
            prop_assert_eq!(a.out_neighbors(u).len(), b.out_neighbors(to(u)).len());
            prop_assert_eq!(a.in_neighbors(u).len(), b.in_neighbors(to(u)).len());
            prop_assert!(close(a.out_strength(u), b.out_strength(to(u))));
            prop_assert!(close(a.in_strength(u), b.in_strength(to(u))));
            for v in 0..a.n_nodes() {
                let together = |labels: &[u32], u: u32, v: u32| labels[u as usize] == labels[v as usize];
                prop_assert_eq!(together(&a_parts.labels, u, v), together(&b_parts.labels, to(u), to(v)));
            }

            let (of_a, of_b) = (dependence_of(&a, u), dependence_of(&b, to(u)));
            prop_assert!(close_concentrations(of_a.inflow, of_b.inflow));
            prop_assert!(close_concentrations(of_a.outflow, of_b.outflow));
            prop_assert_eq!(of_a.self_flow.to_bits(), of_b.self_flow.to_bits());
            prop_assert_eq!(of_a.partners.len(), of_b.partners.len());
            for p in of_a.partners {
                let q = of_b.partners.iter().find(|q| q.node == to(p.node)).expect("the same partners");
                prop_assert_eq!(
                    (p.flow_in.to_bits(), p.flow_out.to_bits()),
                    (q.flow_in.to_bits(), q.flow_out.to_bits())
                );
                prop_assert!(close(p.partner_outflow, q.partner_outflow));
                prop_assert!(close_options(p.focus_inflow_share, q.focus_inflow_share));
                prop_assert!(close_options(p.focus_outflow_share, q.focus_outflow_share));
                prop_assert!(close_options(p.partner_outflow_share, q.partner_outflow_share));
                prop_assert!(close_options(p.asymmetry, q.asymmetry));
            }
        }
    }
}
