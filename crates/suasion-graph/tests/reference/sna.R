# Prints what R's sna says of the graphs that networkx_igraph.py wrote: Rscript sna.R (see README.md).
suppressMessages(library(sna))
graphs <- read.delim("graphs.tsv", header = FALSE)
edges <- read.delim("edges.tsv", header = FALSE)
nodes <- read.delim("nodes.tsv", header = FALSE, quote = "")
out <- file("peers-r.tsv", "w")
for (i in seq_len(nrow(graphs))) {
  name <- graphs$V1[i]; directed <- graphs$V2[i] == "directed"; n <- graphs$V3[i]
  rows <- edges[edges$V1 == name, ]
  m <- matrix(0, n, n); m[cbind(rows$V2, rows$V3) + 1] <- 1
  if (!directed) m <- pmax(m, t(m))
  ties <- pmax(m, t(m))
  mode <- if (directed) "digraph" else "graph"; cmode <- if (directed) "directed" else "undirected"
  say <- function(measure, values, package = "sna") {
    text <- ifelse(is.na(values), "None", format(as.numeric(values), digits = 17, trim = TRUE))
    version <- paste(package, packageVersion(package))
    cat(name, measure, version, paste(text, collapse = " "), sep = "\t", file = out); cat("\n", file = out)
  }
  smallest <- function(membership) sapply(membership, function(part) which(membership == part)[1] - 1)
  say("weak-components", smallest(component.dist(m, connected = "weak")$membership))
  say("strong-components", smallest(component.dist(m, connected = "strong")$membership))
  say("betweenness", betweenness(m, gmode = mode, cmode = cmode))
  say("betweenness-centralisation", centralization(m, betweenness, mode = mode, cmode = cmode))
  say("reciprocity", grecip(m, measure = "edgewise"))
  say("rho", grecip(m, measure = "correlation"))
  say("transitivity", gtrans(ties, mode = "graph"))
  say("core-numbers", kcores(ties, mode = "graph"))
  say("cut-points", sort(cutpoints(ties, mode = "graph")) - 1)
  d <- geodist(m)$gdist[1, ]; say("distances from 0", ifelse(is.infinite(d), NA, d))
  # Sums of inverses of distances from a node; hence the matrix the other way round.
  say("harmonic", (n - 1) * closeness(t(m), cmode = "suminvdir"))
  if (length(unique(rows$V4)) > 1) {
    # Inverses are whole, as in networkx_igraph.py: 840 for a strength of 1.
    for (meaning in c("cost", "strength")) {
      unit <- if (meaning == "cost") 1 else 840
      w <- matrix(0, n, n); w[cbind(rows$V2, rows$V3) + 1] <- if (meaning == "cost") rows$V4 else unit / rows$V4
      if (!directed) w <- pmax(w, t(w))
      by <- function(measure) paste(measure, "by", meaning)
      # Where a node comes nearer while it is first in the queue, sna counts the paths through it twice (see README.md).
      if (meaning == "cost" || !name %in% c("karate", "davis-women")) {
        say(by("betweenness"), betweenness(w, gmode = mode, cmode = cmode, ignore.eval = FALSE))
      }
      say(by("harmonic"), unit * (n - 1) * closeness(t(w), cmode = "suminvdir", ignore.eval = FALSE))
      if (!directed) say(by("closeness"), unit * closeness(w, ignore.eval = FALSE))
      d <- geodist(w, ignore.eval = FALSE)$gdist[1, ] / unit; say(by("distances from 0"), ifelse(is.infinite(d), NA, d))
    }
  }
  degrees <- degree(m, gmode = mode, cmode = "freeman"); say("degrees", degrees)
  # In undirected graphs sna takes an edge for two that are independent: counts agree, and means, but not deviations.
  of <- brokerage(m, nodes$V4[nodes$V1 == name])
  roles <- c(w_I = "coordinator", w_O = "consultant", b_IO = "representative", b_OI = "gatekeeper", b_O = "liaison")
  for (role in names(roles)) {
    say(paste("brokerage,", roles[role]), of$raw.nli[, role])
    say(paste("brokerage by chance,", roles[role]), of$exp.nli[, role])
    if (directed) say(paste("brokerage deviation,", roles[role]), of$sd.nli[, role])
  }
  if (directed) {
    for (end in c("in", "out")) {
      say(paste0(end, "-degrees"), degree(m, gmode = mode, cmode = paste0(end, "degree")))
      say(paste0(end, "-degree-centralisation"), centralization(m, degree, mode = mode, cmode = paste0(end, "degree")))
    }
  } else {
    say("in-degree-centralisation", centralization(m, degree, mode = mode))
    say("closeness", closeness(m, gmode = mode, cmode = cmode))
    say("closeness-centralisation", centralization(m, closeness, mode = mode, cmode = cmode))
  }
}
close(out)
