package io.lanewise.importers.onnx;

import java.util.List;

/** What a value of a graph may look like. Written as text: see {@link PatternReader}. */
sealed interface Pattern {

    /** Any value; where the name occurs again, the same one. */
    record Any(String name) implements Pattern {}

    /** A constant with the numbers of a weight, kept under its name. */
    record Weight(String name) implements Pattern {}

    /** A constant that is one number, kept under its name. */
    record Scalar(String name) implements Pattern {}

    /** A value that depends on ids, masks and sizes alone, kept under its name. */
    record Arithmetic(String name) implements Pattern {}

    /** A constant that is one number, and which. */
    record Number(double value) implements Pattern {}

    /**
     * A value that a node makes.
     *
     * @param attribute the one that matters, as {@link Attributes} writes it; null if none does
     * @param output which of the node's outputs
     */
    record Node(String op, String attribute, int output, List<Pattern> inputs) implements Pattern {}

    /** A value that a rule describes; what it is made from must look like the arguments. */
    record Call(String rule, List<Pattern> arguments) implements Pattern {}

    /** A value with a name: that it keeps, and that comes in front of the names of what is in it. */
    record Named(String name, Pattern pattern) implements Pattern {}

    /** Says what was expected, for messages. */
    default String describe() {
        return switch (this) {
            case Any any -> "the value " + any.name();
            case Weight weight -> "a constant (" + weight.name() + ")";
            case Scalar scalar -> "one number (" + scalar.name() + ")";
            case Arithmetic arithmetic -> "arithmetic on ids, mask and sizes (" + arithmetic.name() + ")";
            case Number number -> "the number " + number.value();
            case Node node -> node.op() + (node.attribute() == null ? "" : "[" + node.attribute() + "]");
            case Call call -> call.rule();
            case Named named -> named.pattern().describe();
        };
    }
}
