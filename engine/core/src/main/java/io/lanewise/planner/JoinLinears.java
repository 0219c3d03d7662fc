package io.lanewise.planner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Graph;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;

/**
 * Makes one product of linear layers over the same rows, such as queries, keys and values: rows are read once, and three
 * narrow products have more edges than a wide one.
 *
 * <p>Ragged rows alone: where padding is computed, weights are folded instead.
 */
final class JoinLinears implements GraphPass {

    private final Map<List<Constant>, Constant> joined = new HashMap<>(); // layers may share their weights

    @Override
    public String name() {
        return "join";
    }

    @Override
    public Graph apply(Graph graph) {
        List<List<Value>> users = graph.users();
        Map<Value, List<Value>> members = new HashMap<>(); // by what they read
        for (Value x : graph.values()) {
            List<Value> linears = users.get(x.id()).stream()
                    .filter(user -> user.op() instanceof Op.Linear linear && linear.x() == x).toList();
            if (linears.size() > 1 && x.rows().length().isRagged() && haveOneLayout(linears, users)) {
                members.put(x, linears);
            }
        }
        Map<Value, Value> products = new HashMap<>();
        return Rewriter.rewrite(graph,
                (rewriter, value) -> value.op() instanceof Op.Linear linear && members.containsKey(linear.x())
                        ? slice(rewriter, value, linear, members.get(linear.x()), products)
                        : null);
    }

    /** Says whether the results can stand side by side: all as heads of one size, or all of one size. */
    private static boolean haveOneLayout(List<Value> linears, List<List<Value>> users) {
        int features = linears.getFirst().rows().features();
        OptionalInt head = headDim(linears.getFirst(), users);
        return linears.stream().allMatch(linear -> linear.rows().features() == features)
                || head.isPresent() && linears.stream().allMatch(linear -> headDim(linear, users).equals(head));
    }

    /** Returns the size of the heads as which all readers take a value. */
    private static OptionalInt headDim(Value value, List<List<Value>> users) {
        List<Integer> sizes = users.get(value.id()).stream()
                .map(user -> user.op() instanceof Op.SplitHeads ? user.rows().headDim() : -1).distinct().toList();
        return sizes.size() == 1 && sizes.getFirst() > 0 ? OptionalInt.of(sizes.getFirst()) : OptionalInt.empty();
    }

    private Value slice(Rewriter rewriter, Value value, Op.Linear linear, List<Value> members,
            Map<Value, Value> products) {
        Value product = products.computeIfAbsent(linear.x(),
                x -> rewriter.linear(rewriter.copyOf(x), weight(members), bias(rewriter, members)));
        int first = members.stream().takeWhile(member -> member != value).mapToInt(member -> member.rows().features())
                .sum();
        return rewriter.add(new Op.Slice(product, first, value.rows().features()));
    }

    private Constant weight(List<Value> members) {
        List<Constant> weights = members.stream().map(member -> ((Op.Linear) member.op()).weight().constant()).toList();
        return joined.computeIfAbsent(weights, StackedConstants::of);
    }

    /** Returns all biases, zeros for a layer without; null if none has one. */
    private Value bias(Rewriter rewriter, List<Value> members) {
        List<Constant> biases = new ArrayList<>();
        boolean any = false;
        for (Value member : members) {
            Value bias = ((Op.Linear) member.op()).bias();
            any |= bias != null;
            biases.add(bias == null ? zeros(member.rows().features()) : bias.constant());
        }
        return any ? rewriter.add(new Op.Weight(joined.computeIfAbsent(biases, StackedConstants::of))) : null;
    }

    private static Constant zeros(int size) {
        return new Constant("0", new Shape.Vector(size), new float[size]);
    }
}
