package io.lanewise.importers.onnx;

import java.util.HashMap;
import java.util.Map;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.lanewise.LanewiseException;
import io.lanewise.importers.onnx.ElementType.Kind;

import static io.lanewise.LanewiseException.quote;

/**
 * A graph, tried with a few tokens. What is done to ids, masks and sizes is written in as many ways as there are exporters, but it
 * depends on no weight: it is recognized by the numbers that come out, not by its form.
 */
final class Trial {

    static final String IDS = "input_ids";
    static final String MASK = "attention_mask";
    static final String TYPES = "token_type_ids";

    /** The opposite of a mask, as truths: what Lanewise's own bench writes. */
    static final String PADDING_MASK = "input_ids_padding";

    private static final double PADDING = 1; // an id and a mask: RoBERTa's places depend on it

    /** What is done to a few tokens takes a thousandth of this. */
    private static final long MOST_NUMBERS = 1 << 24;

    private final int batch;
    private final int length;
    private long numbers;
    private final Map<String, Sample> samples = new HashMap<>();

    private Trial(int batch, int length) {
        this.batch = batch;
        this.length = length;
    }

    /**
     * Tries a graph.
     *
     * @param padding the id that fills up the shorter texts
     */
    static Trial run(OnnxGraph graph, int batch, int length, int padding) {
        Trial trial = new Trial(batch, length);
        for (String input : graph.inputs()) {
            trial.put(input, trial.input(input, padding));
        }
        graph.constants().forEach((name, tensor) -> trial.put(name, constant(tensor)));
        for (OnnxNode node : graph.nodes()) {
            trial.run(node, graph.opset());
        }
        return trial;
    }

    int batch() {
        return batch;
    }

    int length() {
        return length;
    }

    /** Returns what is known of a value; null if nothing is. */
    Sample of(String value) {
        return samples.get(value);
    }

    /** Says whether a value's numbers depend on no weight. */
    boolean isArithmetic(String value) {
        Sample sample = of(value);
        return sample != null && sample.hasValues();
    }

    // ---------------------------------------------------------------- tokens

    /** The texts of a batch have different lengths, the first fills it. */
    boolean isToken(int text, int place) {
        return place < length - text % length;
    }

    /** Ids are no other number that a graph would come by. */
    double id(int text, int place, int padding) {
        return isToken(text, place) ? 1000 + 10 * text + place : padding;
    }

    double type(int place) {
        return place > 1 ? PADDING : 0;
    }

    private Sample input(String name, int padding) {
        double[] values = new double[batch * length];
        for (int i = 0; i < values.length; i++) {
            int text = i / length;
            int place = i % length;
            values[i] = switch (name) {
                case IDS -> id(text, place, padding);
                case MASK -> isToken(text, place) ? 1 : 0;
                case PADDING_MASK -> isToken(text, place) ? 0 : 1;
                case TYPES -> type(place);
                default -> Double.NaN;
            };
        }
        return switch (name) {
            case IDS, MASK, TYPES -> Sample.of(Kind.INT, new int[]{batch, length}, values);
            case PADDING_MASK -> Sample.of(Kind.BOOL, new int[]{batch, length}, values);
            default -> null;
        };
    }

    /** Floats are weights, but for single ones. */
    private static Sample constant(OnnxTensor tensor) {
        int[] shape = tensor.shape().stream().mapToInt(Long::intValue).toArray();
        Kind kind = tensor.type().kind();
        boolean isWeight = !tensor.isScalar()
                && (kind == Kind.FLOAT || tensor.type().bytes() == 1 && kind == Kind.INT
                        || tensor.elements() > 1 << 16);
        return isWeight ? Sample.opaque(kind, shape) : Sample.of(kind, shape, tensor.doubles());
    }

    // ---------------------------------------------------------------- nodes

    private void put(String value, Sample sample) {
        if (sample == null) {
            return;
        }
        samples.put(value, sample);
        count(sample, value);
    }

    /** Counts numbers that are made or read. */
    private void count(Sample sample, String value) {
        numbers += sample.hasValues() ? sample.values().length : 0;
        if (numbers > MOST_NUMBERS) {
            throw new LanewiseException("a graph must not do so much to ids, masks and sizes: value=" + quote(value));
        }
    }

    private void run(OnnxNode node, long opset) {
        Operator operator = Operators.find(node.op());
        if (operator == null) {
            return;
        }
        try {
            Sample[] results = operator.apply(new Call(node, opset));
            for (int i = 0; i < Math.min(results.length, node.outputs().size()); i++) {
                put(node.outputs().get(i), results[i]);
            }
        } catch (Unknown | ArithmeticException unknown) {
            return; // whoever needs the value says which one it is
        }
    }

    /** Computes what is known of a node's outputs. */
    @FunctionalInterface
    interface Operator {
        Sample[] apply(Call call);
    }

    /** A node together with what is known of its inputs. */
    final class Call {

        private final OnnxNode node;
        private final long opset;

        private Call(OnnxNode node, long opset) {
            this.node = node;
            this.opset = opset;
        }

        OnnxNode node() {
            return node;
        }

        long opset() {
            return opset;
        }

        boolean has(int index) {
            return !node.input(index).isEmpty();
        }

        int inputs() {
            return node.inputs().size();
        }

        Sample in(int index) {
            Sample sample = has(index) ? samples.get(node.input(index)) : null;
            Unknown.unless(sample != null);
            count(sample, node.input(index));
            return sample;
        }

        /** Returns numbers that newer versions have as an input, and older ones as an attribute; null if there are none. */
        long[] numbers(String attribute, int index) {
            if (has(index)) {
                return in(index).longs();
            }
            AttributeProto found = node.attributes().get(attribute);
            return found == null ? null : found.getIntsList().stream().mapToLong(Long::longValue).toArray();
        }
    }
}
