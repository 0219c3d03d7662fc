package io.lanewise.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A layer as it is written: values in an order in which operands come first, and the names of those that are asked for.
 * Immutable.
 *
 * @param values every value, by id
 * @param outputs the results by name, in the order in which the layer names them
 * @param attentions attention maps by name, computed for the caller only when asked for
 * @param stages rows on the way to the results, likewise
 */
public record Graph(List<Value> values, SequencedMap<String, Value> outputs, SequencedMap<String, Value> attentions,
        SequencedMap<String, Value> stages) {

    /** Returns the same graph with the attention maps among its outputs. */
    public Graph withAttention() {
        SequencedMap<String, Value> all = new LinkedHashMap<>(outputs);
        all.putAll(attentions);
        return withOutputs(all);
    }

    /**
     * Returns the same graph with other results.
     *
     * @param names of its outputs, stages and attention maps; none for the outputs that it has
     * @throws IllegalArgumentException if there is none of a name
     */
    public Graph asking(Set<String> names) {
        if (names.isEmpty()) {
            return this;
        }
        SequencedMap<String, Value> all = new LinkedHashMap<>(outputs);
        all.putAll(stages);
        all.putAll(attentions);
        if (!all.keySet().containsAll(names)) {
            throw new IllegalArgumentException("outputs must be among " + all.keySet() + ": outputs=" + names);
        }
        all.keySet().retainAll(names);
        return withOutputs(all);
    }

    private Graph withOutputs(SequencedMap<String, Value> named) {
        return new Graph(values, Collections.unmodifiableSequencedMap(named), attentions, stages);
    }

    /** Returns the inputs, in the order in which the layer names them. */
    public List<Value> inputs() {
        return values.stream().filter(value -> value.op() instanceof Op.Given).toList();
    }

    /** Returns for each value, by id, the values that read it. */
    public List<List<Value>> users() {
        List<List<Value>> users = new ArrayList<>();
        values.forEach(_ -> users.add(new ArrayList<>()));
        for (Value value : values) {
            value.op().operands().forEach(operand -> users.get(operand.id()).add(value));
        }
        return users;
    }

    /** Returns the graph in text, one value a line. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        for (Value value : values) {
            text.append(
                    "  %-5s %-18s %-26s %s%n".formatted(value, value.op().term(), value.shape(), detail(value.op())));
        }
        for (Map.Entry<String, Value> output : outputs.entrySet()) {
            text.append("  %-5s output %s%n".formatted(output.getValue(), output.getKey()));
        }
        return text.toString();
    }

    private static String detail(Op op) {
        return switch (op) {
            case Op.Given given -> given.name();
            case Op.Weight weight -> weight.constant().name();
            case Op.Recurrence recurrence ->
                recurrence.operands() + " " + recurrence.cell() + (recurrence.reverse() ? " reverse" : "");
            case Op.Scores scores -> scores.operands() + " scale=" + scores.scale();
            case Op.SplitHeads split -> split.operands() + " " + split.split();
            case Op.Activate activate -> activate.operands() + " " + activate.activation();
            default -> op.operands().toString();
        };
    }
}
