package io.lanewise.planner;

import io.lanewise.graph.Value;

/** A rule of lowering: says which values it takes in together, and makes the steps that compute them. */
interface LoweringRule {

    /** Returns what the rule takes in together with {@code root}, or null where it does not fit. */
    Match match(Value root, LoweringGraph graph);
}
