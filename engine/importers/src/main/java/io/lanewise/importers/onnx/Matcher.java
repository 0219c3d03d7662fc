package io.lanewise.importers.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.lanewise.LanewiseException;

/**
 * Finds patterns in a graph, from a value back to what it is made from. The first form of a rule that fits is taken; where none
 * fits, the place that was reached last is remembered, for it is where the graph is no longer what was expected.
 */
final class Matcher {

    private static final Set<String> EITHER_ORDER = Set.of("Add", "Mul");
    private static final double TOLERANCE = 1e-5;
    private static final double HALF_TOLERANCE = 5e-3;

    private final OnnxGraph graph;
    private final Map<String, Rule> rules;
    private final Trials trials;
    private final Set<OnnxNode> known = new LinkedHashSet<>();
    private final List<Step> trail = new ArrayList<>();

    private int farthest = -1;
    private String unexpected;
    private final Set<String> expected = new LinkedHashSet<>();

    /** What was done on the way, so that it can be undone: a name in a scope got its value, or a node a meaning. */
    private record Step(Scope scope, String name, String value, OnnxNode node) {}

    /** One use of a rule: its names are its own, but what it keeps gets the prefix of the place where it is used. */
    private record Scope(String prefix) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    Matcher(OnnxGraph graph, Map<String, Rule> rules, Trials trials) {
        this.graph = graph;
        this.rules = rules;
        this.trials = trials;
    }

    /** Says what a value is by a rule, if it is that. */
    Optional<Match> find(String rule, String value) {
        trail.clear();
        Scope scope = new Scope("");
        Rule asked = rules.get(rule);
        for (Pattern form : asked.forms()) {
            if (fits(form, value, scope)) {
                Map<String, String> from = new HashMap<>();
                asked.from().forEach(name -> from.put(name, lookUp(scope, name)));
                return Optional.of(match(from));
            }
            undo(0);
        }
        return Optional.empty();
    }

    private Match match(Map<String, String> from) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        Set<OnnxNode> nodes = new LinkedHashSet<>();
        for (Step step : trail) {
            if (step.node() != null) {
                nodes.add(step.node());
            } else if (step.scope() == null) {
                values.computeIfAbsent(step.name(), _ -> new ArrayList<>()).add(step.value());
            }
        }
        return Match.of(from, values, nodes);
    }

    /** Takes a match for good: its nodes have a meaning now. */
    void take(Match match) {
        known.addAll(match.nodes());
        match.nodes().clear();
        farthest = -1;
    }

    Set<OnnxNode> known() {
        return known;
    }

    /** Says where the graph was last what was expected, and what was expected there. */
    LanewiseException refuse(String what) {
        return new LanewiseException("graph must be that of an encoder that is known: %s, expected %s, within %s"
                .formatted(unexpected == null ? "nothing" : graph.describe(unexpected),
                        LanewiseException.shorten(String.join(" or ", expected), 300), what));
    }

    // ---------------------------------------------------------------- patterns

    private boolean fits(Pattern pattern, String value, Scope scope) {
        int mark = trail.size();
        boolean fits = switch (pattern) {
            case Pattern.Any any -> bind(scope, any.name(), value);
            case Pattern.Weight weight -> graph.constant(value) != null && keep(scope, weight.name(), value);
            case Pattern.Scalar scalar -> isScalar(value) && keep(scope, scalar.name(), value);
            case Pattern.Arithmetic arithmetic ->
                trials.first().isArithmetic(value) && keep(scope, arithmetic.name(), value);
            case Pattern.Number number -> isNear(number.value(), trials.number(value));
            case Pattern.Node node -> fitsNode(node, value, scope);
            case Pattern.Call call -> fitsRule(call, value, scope);
            case Pattern.Named named -> fitsNamed(named, value, scope);
        };
        if (!fits) {
            undo(mark);
            if (!(pattern instanceof Pattern.Call || pattern instanceof Pattern.Named)) {
                remember(value, pattern);
            }
        }
        return fits;
    }

    private boolean isScalar(String value) {
        return !Double.isNaN(trials.number(value))
                || graph.constant(value) != null && graph.constant(value).isScalar();
    }

    private boolean isNear(double expected, double found) {
        return Math.abs(found - expected) <= (graph.isHalf() ? HALF_TOLERANCE : TOLERANCE) * Math.abs(expected);
    }

    private boolean fitsNode(Pattern.Node pattern, String value, Scope scope) {
        OnnxNode node = graph.maker(value);
        boolean isMeant = node != null && node.op().equals(pattern.op())
                && node.outputs().indexOf(value) == pattern.output()
                && (pattern.attribute() == null || hasAttribute(node, pattern.attribute()))
                && node.inputs().size() == pattern.inputs().size() && !node.inputs().contains("");
        if (!isMeant) {
            return false;
        }
        trail.add(new Step(null, null, null, node));
        List<String> inputs = node.inputs();
        int mark = trail.size();
        if (fitInOrder(pattern.inputs(), inputs, scope)) {
            return true;
        }
        undo(mark);
        return EITHER_ORDER.contains(pattern.op())
                && fitInOrder(pattern.inputs(), List.of(inputs.get(1), inputs.get(0)), scope);
    }

    private boolean hasAttribute(OnnxNode node, String expected) {
        String found = Attributes.of(node, graph);
        return found.equals(expected) || found.equals(Attributes.ANY);
    }

    private boolean fitInOrder(List<Pattern> patterns, List<String> values, Scope scope) {
        for (int i = 0; i < patterns.size(); i++) {
            if (!fits(patterns.get(i), values.get(i), scope)) {
                return false;
            }
        }
        return true;
    }

    private boolean fitsRule(Pattern.Call call, String value, Scope scope) {
        Rule rule = rules.get(call.rule());
        int mark = trail.size();
        for (Pattern form : rule.forms()) {
            Scope inner = new Scope(scope.prefix());
            if (fits(form, value, inner) && fitArguments(rule, call, inner, scope)) {
                return true;
            }
            undo(mark);
        }
        return false;
    }

    private boolean fitArguments(Rule rule, Pattern.Call call, Scope inner, Scope scope) {
        for (int i = 0; i < rule.from().size(); i++) {
            if (!fits(call.arguments().get(i), lookUp(inner, rule.from().get(i)), scope)) {
                return false;
            }
        }
        return true;
    }

    /** What is named is kept under its name, and can be meant by it. */
    private boolean fitsNamed(Pattern.Named named, String value, Scope scope) {
        if (!bind(scope, named.name(), value) || !keep(scope, named.name(), value)) {
            return false;
        }
        if (!(named.pattern() instanceof Pattern.Call call)) {
            return fits(named.pattern(), value, scope);
        }
        Scope inner = new Scope(scope.prefix() + named.name() + ".");
        Rule rule = rules.get(call.rule());
        int mark = trail.size();
        for (Pattern form : rule.forms()) {
            Scope own = new Scope(inner.prefix());
            if (fits(form, value, own) && fitArguments(rule, call, own, scope)) {
                return true;
            }
            undo(mark);
        }
        return false;
    }

    // ---------------------------------------------------------------- names

    private boolean bind(Scope scope, String name, String value) {
        String bound = lookUp(scope, name);
        if (bound == null) {
            trail.add(new Step(scope, name, value, null));
            return true;
        }
        return bound.equals(value);
    }

    private String lookUp(Scope scope, String name) {
        for (int i = trail.size() - 1; i >= 0; i--) {
            Step step = trail.get(i);
            if (step.scope() == scope && step.name() != null && step.name().equals(name)) {
                return step.value();
            }
        }
        return null;
    }

    private boolean keep(Scope scope, String name, String value) {
        trail.add(new Step(null, scope.prefix() + name, value, null));
        return true;
    }

    private void undo(int mark) {
        while (trail.size() > mark) {
            trail.removeLast();
        }
    }

    private void remember(String value, Pattern pattern) {
        if (trail.size() > farthest) {
            farthest = trail.size();
            unexpected = value;
            expected.clear();
        }
        if (trail.size() == farthest && value.equals(unexpected)) {
            expected.add(pattern.describe());
        }
    }
}
