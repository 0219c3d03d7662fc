package io.lanewise.planner;

import java.util.List;

/** The rules by which graphs become steps, top to bottom: of those that fit a value, the first takes it in. */
final class LoweringRules {

    private record Line(LoweringRule rule, List<String> passes) {}

    /** A new fusion is a class and a line here. */
    private static final List<Line> LINES = List.of(
            line(new AttendBothWays(), Planner.FUSE, Planner.SHARE), // context(softmax(x yᵀ)) with context(softmax(y xᵀ))
            line(new AttendInTiles(), Planner.FUSE), // context(softmax(scores))
            line(new AttendWhole()), // the same, a step for each op of it
            line(new AttendInTiles()), // the same where an op between scores and softmax has no step of its own
            line(new Associate(), Planner.FUSE), // context(scores(x, x), y)
            line(new MixByPairs()), // context(pairs, y)
            line(new ShowScores()), // scores that are asked for
            line(new Embed(true), Planner.FUSE), // layer-norm(gather + gather + …)
            line(new Embed(false)), // gather
            line(new AddPositions()), // x + gather(positions)
            line(new RunningSum(), Planner.FUSE), // product + linear, activated or not
            line(new NormOfSum(), Planner.FUSE), // layer-norm(x + y)
            line(new ActivatedLinear(), Planner.FUSE), // activate(linear)
            line(new ActivatedNorm(), Planner.FUSE), // activate(layer-norm(x))
            line(new GatedActivation(), Planner.FUSE), // activate(x) · y
            line(new OpByOp())); // any other op

    private LoweringRules() {}

    /** Adds a rule that is left out where one of the planner's passes is off. */
    private static Line line(LoweringRule rule, String... passes) {
        return new Line(rule, List.of(passes));
    }

    /** Returns the rules that are on. */
    static List<LoweringRule> of(PlannerOptions options) {
        return LINES.stream().filter(line -> line.passes().stream().allMatch(options::on)).map(Line::rule).toList();
    }
}
