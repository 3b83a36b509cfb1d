//! Weak components against the transitive closure.

use suasion_graph::{ComponentSize, Graph, weak_components};

use crate::textbook::{component_labels, shapes};

fn check(n_nodes: usize, edges: &[(u32, u32, f64)], labels: &[u32], sizes: &[(u32, u32)]) {
    let components = weak_components(&Graph::from_edges(n_nodes, edges).expect("good edges"));
    assert_eq!(components.labels, labels);
    let sizes: Vec<_> = sizes.iter().map(|&(label, n_nodes)| ComponentSize { label, n_nodes }).collect();
    let counted = components.sizes();
    assert_eq!(counted.largest(usize::MAX), sizes);
    assert_eq!(counted.n_single, sizes.iter().filter(|size| size.n_nodes == 1).count());
    assert_eq!((components.n_components(), counted.n_components()), (sizes.len(), sizes.len()));
}

#[test]
fn by_hand() {
    check(0, &[], &[], &[]);
    check(1, &[], &[0], &[(0, 1)]);
    check(1, &[(0, 0, 1.0)], &[0], &[(0, 1)]);
    check(3, &[], &[0, 1, 2], &[(0, 1), (1, 1), (2, 1)]);
    // Against the direction of edges, the larger component first, and zero weights connect.
    check(6, &[(5, 3, 1.0), (4, 3, 0.0), (2, 0, 1.0)], &[0, 1, 0, 3, 3, 3], &[(3, 3), (0, 2), (1, 1)]);
}

#[test]
fn agree_with_the_transitive_closure() {
    for shape in shapes() {
        let labels = component_labels(shape.n_nodes, &shape.edges);
        let components =
            weak_components(&Graph::from_edges(shape.n_nodes as usize, &shape.edges).expect("good"));
        assert_eq!(components.labels, labels, "{}", shape.name);
        let largest = components.sizes().largest(usize::MAX);
        for size in &largest {
            let members = labels.iter().filter(|&&label| label == size.label).count();
            assert_eq!(
                (size.n_nodes as usize, labels[size.label as usize]),
                (members, size.label),
                "{}",
                shape.name
            );
        }
        let total: u32 = largest.iter().map(|size| size.n_nodes).sum();
        assert_eq!(total, shape.n_nodes, "{}", shape.name);
    }
}

#[test]
fn long_paths_need_no_stack() {
    let n: u32 = 200_000;
    let zigzag: Vec<_> =
        (0..n / 2).flat_map(|u| [(u, n - 1 - u, 1.0), (n - 1 - u, (u + 1) % n, 1.0)]).collect();
    let components = weak_components(&Graph::from_edges(n as usize, &zigzag).expect("good edges"));
    assert_eq!(components.sizes().several, [ComponentSize { label: 0, n_nodes: n }]);
}
