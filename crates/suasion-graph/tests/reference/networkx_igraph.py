"""Writes the graphs and what NetworkX, igraph and PySAL's inequality say of them (see README.md): graphs.tsv (graph,
directed or undirected, number of nodes), edges.tsv (graph, source, target, weight), nodes.tsv (graph, node, name,
group, number) and peers-python.tsv (graph, measure, package and version, values).
"""

import igraph as ig
import inequality
import networkx as nx
import numpy as np
from inequality.gini import Gini


def graphs():
    karate = nx.karate_club_graph()
    groups = {u: int(karate.nodes[u]["club"] == "Officer") for u in karate}
    yield "karate", karate, groups
    # No one's data: each tie of the club points to the larger number, and back if three divides the sum.
    arcs = nx.DiGraph()
    arcs.add_nodes_from(karate)
    for u, v, weight in karate.edges(data="weight"):
        arcs.add_edge(u, v, weight=weight)
        if (u + v) % 3 == 0:
            arcs.add_edge(v, u, weight=weight + 1)
    yield "karate-arcs", arcs, groups
    families = nx.florentine_families_graph()
    yield "florentine", families, {u: int(families.degree(u) > 2) for u in families}
    women = nx.davis_southern_women_graph()
    yield "davis", women, {u: women.nodes[u]["bipartite"] for u in women}
    names = [u for u in women if women.nodes[u]["bipartite"] == 0]
    shared = nx.bipartite.weighted_projected_graph(women, names)
    together = nx.Graph()
    together.add_nodes_from(names)
    together.add_weighted_edges_from(sorted(shared.edges(data="weight")))
    yield "davis-women", together, {u: int("E9" in women[u]) for u in names}
    # No one's data either: paths of one cost (a-b-c, a-c; d-e-g, d-g), others of one strength (a-c-d, a-d), an answer
    # of another weight, a node that nobody reaches (f), one that reaches nobody (g), a pair apart (h, i) and an
    # isolate (j).
    errands = nx.DiGraph()
    errands.add_nodes_from("abcdefghij")
    errands.add_weighted_edges_from((u, v, int(weight)) for u, v, weight in (
        "ab1 ba4 ac3 bc2 cd6 ad2 de5 ec8 fa7 eg3 dg8 hi2 ih3".split()
    ))
    yield "errands", errands, {u: int(u in "ade") for u in errands}


def text(values):
    if not isinstance(values, (list, tuple)):
        values = [values]
    return " ".join("None" if v is None or v != v else repr(v if isinstance(v, int) else float(v)) for v in values)


def labels(parts, n):
    found = [0] * n
    for part in parts:
        for u in part:
            found[u] = min(part)
    return found


def pairs(edges):
    return [u for edge in sorted(tuple(sorted(edge)) for edge in edges) for u in edge]


def lengths(g):
    """What weights say of lengths, the attribute that has the length, and how many of it are one; nothing where all weigh
    the same. Inverses are whole, so that packages that compare floats see which paths are of one length.
    """
    whole = 840
    if len({weight for _, _, weight in g.edges(data="weight", default=1)}) > 1:
        for u, v, weight in g.edges(data="weight"):
            assert whole % weight == 0
            g.edges[u, v]["inverse"] = whole // weight
        yield from (("cost", "weight", 1), ("strength", "inverse", whole))


def networkx_says(g, groups, numbers):
    n, directed = g.number_of_nodes(), g.is_directed()
    u = nx.Graph(g.to_undirected()) if directed else g
    each = lambda values: [values[v] for v in range(n)]
    nx.set_node_attributes(g, groups, "group")
    nx.set_node_attributes(g, numbers, "number")
    yield "degrees", each(dict(g.degree()))
    yield "strengths", each(dict(g.degree(weight="weight")))
    yield "weak-components", labels(nx.connected_components(u), n)
    yield "core-numbers", each(nx.core_number(u))
    yield "triangles", each(nx.triangles(u))
    yield "clustering, undefined as 0", each(nx.clustering(u))
    yield "transitivity", nx.transitivity(u)
    yield "pagerank", each(nx.pagerank(g, weight=None, tol=1e-13, max_iter=10000))
    yield "pagerank by weight", each(nx.pagerank(g, tol=1e-13, max_iter=10000))
    yield "betweenness", each(nx.betweenness_centrality(g, normalized=False))
    yield "closeness, undefined as 0", each(nx.closeness_centrality(g))
    yield "harmonic", each(nx.harmonic_centrality(g))
    yield "distances from 0", [nx.single_source_shortest_path_length(g, 0).get(v) for v in range(n)]
    yield "bridges", pairs(nx.bridges(u))
    yield "cut-points", sorted(nx.articulation_points(u))
    yield "assortativity by group", nx.attribute_assortativity_coefficient(g, "group")
    yield "assortativity by number", nx.numeric_assortativity_coefficient(g, "number")
    for x in ("out", "in"):
        for y in ("out", "in"):
            r = nx.degree_assortativity_coefficient
            yield f"assortativity {x}-{y}", r(g, x=x, y=y)
            yield f"assortativity {x}-{y} of strengths", r(g, x=x, y=y, weight="weight")
    mixing = nx.attribute_mixing_matrix(g, "group")
    yield "ei-index", float(1 - 2 * mixing.trace() / mixing.sum())
    yield "constraint", each(nx.constraint(g))
    yield "constraint by weight", each(nx.constraint(g, weight="weight"))
    # Told of nodes, and with both directions added up: otherwise NetworkX does something else (see README.md).
    for name, weight in (("effective-size", None), ("effective-size by weight", "weight")):
        ties = nx.Graph()
        ties.add_nodes_from(range(n))
        for a, b, w in g.edges(data="weight", default=1):
            ties.add_edge(a, b, sum=ties.get_edge_data(a, b, {"sum": 0})["sum"] + (w if weight else 1))
        yield name, each(nx.effective_size(ties, list(ties), weight="sum"))
    for meaning, length, unit in lengths(g):
        far = lambda values: [unit * x for x in each(values)]
        yield f"betweenness by {meaning}", each(nx.betweenness_centrality(g, normalized=False, weight=length))
        yield f"closeness by {meaning}, undefined as 0", far(nx.closeness_centrality(g, distance=length))
        yield f"harmonic by {meaning}", far(nx.harmonic_centrality(g, distance=length))
        found = nx.single_source_dijkstra_path_length(g, 0, weight=length)
        yield f"distances from 0 by {meaning}", [found[v] / unit if v in found else None for v in range(n)]
    if directed:
        yield "strong-components", labels(nx.strongly_connected_components(g), n)
        yield "reciprocity", nx.overall_reciprocity(g)
        yield "in-degrees", each(dict(g.in_degree()))


def igraph_says(g, groups, numbers):
    n, directed = g.number_of_nodes(), g.is_directed()
    h = ig.Graph(n=n, edges=list(g.edges()), directed=directed)
    h.es["weight"] = [w for _, _, w in g.edges(data="weight", default=1)]
    u = h.as_undirected() if directed else h
    by_node = lambda values: [values[v] for v in range(n)]
    yield "degrees", h.degree()
    yield "strengths", h.strength(weights="weight")
    yield "weak-components", labels(list(h.connected_components(mode="weak")), n)
    yield "strong-components", labels(list(h.connected_components(mode="strong")), n)
    yield "core-numbers", u.coreness()
    yield "triangles", [sum(v in t for t in u.list_triangles()) for v in range(n)]
    yield "clustering", u.transitivity_local_undirected()
    yield "transitivity", u.transitivity_undirected()
    yield "pagerank", h.pagerank()
    yield "pagerank by weight", h.pagerank(weights="weight")
    yield "betweenness", h.betweenness()
    yield "closeness unscaled" if directed else "closeness", h.closeness(mode="in", normalized=True)
    yield "harmonic", [x * (n - 1) for x in h.harmonic_centrality(mode="in")]
    yield "distances from 0", [None if d == float("inf") else d for d in h.distances(0)[0]]
    for meaning, length, unit in lengths(g):
        h.es["length"] = [x for _, _, x in g.edges(data=length)]
        yield f"betweenness by {meaning}", h.betweenness(weights="length")
        near = [x * unit for x in h.closeness(mode="in", weights="length", normalized=True)]
        yield f"closeness unscaled by {meaning}" if directed else f"closeness by {meaning}", near
        yield f"harmonic by {meaning}", [x * unit * (n - 1) for x in h.harmonic_centrality(mode="in", weights="length")]
        found = h.distances(0, weights="length")[0]
        yield f"distances from 0 by {meaning}", [None if d == float("inf") else d / unit for d in found]
    yield "reciprocity", h.reciprocity()
    yield "constraint", h.constraint()
    yield "constraint by weight", h.constraint(weights="weight")
    yield "bridges", pairs(u.es[e].tuple for e in u.bridges())
    yield "cut-points", sorted(h.articulation_points())
    yield "assortativity by group", h.assortativity_nominal(by_node(groups))
    yield "assortativity by number", h.assortativity(by_node(numbers))
    yield "assortativity out-in", h.assortativity_degree(directed=True)


def inequality_says(g, groups, numbers):
    for name, weight in (("degrees", None), ("strengths", "weight")):
        amounts = np.array([x for _, x in g.degree(weight=weight)], dtype=float)
        yield f"gini of {name}", Gini(amounts).g


def main():
    names = [open(f, "w") for f in ("graphs.tsv", "edges.tsv", "nodes.tsv", "peers-python.tsv")]
    of_graphs, of_edges, of_nodes, of_peers = names
    for name, graph, group in graphs():
        called = list(graph)
        ids = {node: i for i, node in enumerate(called)}
        g = nx.relabel_nodes(graph, ids)
        groups = {ids[node]: group[node] for node in called}
        numbers = {i: i * 7 % 10 for i in g}
        print(name, "directed" if g.is_directed() else "undirected", len(g), sep="\t", file=of_graphs)
        for u, v, weight in sorted(g.edges(data="weight", default=1)):
            print(name, u, v, weight, sep="\t", file=of_edges)
        for i, node in enumerate(called):
            print(name, i, node, groups[i], numbers[i], sep="\t", file=of_nodes)
        for package, says in ((nx, networkx_says), (ig, igraph_says), (inequality, inequality_says)):
            version = f"{package.__name__} {package.__version__}"
            for measure, values in says(g, groups, numbers):
                print(name, measure, version, text(values), sep="\t", file=of_peers)


main()
