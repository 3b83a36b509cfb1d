"""Writes upper tails of the hypergeometric distribution (hypergeometric.tsv: shared, events, of one, of the other, exact,
SciPy's) and what NetworkX says of Davis's women by Newman's weights (newman.tsv: one, other, weight): see README.md.
"""

import math
import platform

import networkx as nx
import scipy
from scipy.stats import hypergeom

CASES = [
    (14, 7, 8), (14, 2, 2), (50, 10, 20), (150, 60, 70), (300, 100, 100), (1000, 30, 400), (1000, 350, 350),
    (5000, 200, 300), (20000, 1500, 900), (100000, 150, 120), (100000, 4000, 3000), (1000000, 60, 70),
    (1000000, 9000, 7000), (300000, 150000, 150000),
]


def exact(n, total, a, b):
    """A quotient of two integers, rounded once."""
    most, ways = min(a, b), 0
    term = math.comb(a, n) * math.comb(total - a, b - n)
    for k in range(n, most + 1):
        ways += term
        if k < most:
            term = term * (a - k) * (b - k) // ((k + 1) * (total - a - b + k + 1))
        # What is left cannot change a digit: terms fall past the mode.
        if k > (a + 1) * (b + 1) // (total + 2) and term << 100 < ways:
            break
    return ways / math.comb(total, b)


with open("hypergeometric.tsv", "w") as out:
    print(f"# exact: Python {platform.python_version()}; scipy {scipy.__version__}", file=out)
    for total, a, b in CASES:
        mean = a * b / total
        deviation = math.sqrt(mean * (total - a) * (total - b) / (total * max(total - 1, 1)))
        least, most = max(0, a + b - total), min(a, b)
        asked = {least + 1, round(mean), *(math.ceil(mean + z * deviation) for z in (-3, -1, 1, 2, 4, 8, 15, 22, 30))}
        asked |= {round(mean + (most - mean) * part) for part in (0.25, 0.5, 0.75, 1)}
        for n in sorted(n for n in asked if least < n <= most):
            tail = exact(n, total, a, b)
            if tail > 1e-290:
                print(n, total, a, b, repr(tail), repr(float(hypergeom.sf(n - 1, total, a, b))), sep="\t", file=out)

with open("newman.tsv", "w") as out:
    print(f"# networkx {nx.__version__}", file=out)
    davis = nx.davis_southern_women_graph()
    for mode in (0, 1):
        nodes = [u for u in davis if davis.nodes[u]["bipartite"] == mode]
        found = nx.bipartite.collaboration_weighted_projected_graph(davis, nodes)
        number = {u: i for i, u in enumerate(nodes)}
        ties = sorted((*sorted((number[u], number[v])), weight) for u, v, weight in found.edges(data="weight"))
        for u, v, weight in ties:
            print(("actors", "events")[mode], u, v, repr(float(weight)), sep="\t", file=out)
