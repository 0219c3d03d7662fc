package io.lanewise.planner;

import io.lanewise.graph.Value;

/**
 * A rule of lowering: says which values it takes in together, and makes the steps that compute them. Stateless.
 *
 * <p>A rule looks at a value by what it reads and by who reads it; what other rules do is no business of its own, since they
 * stand above it or below it.
 */
interface LoweringRule {

    /** Returns what the rule takes in together with {@code root}, a value that no rule has yet, or null where it does not fit. */
    Match match(Value root, LoweringGraph graph);
}
