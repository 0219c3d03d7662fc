package io.lanewise.graph;

/** A node of a graph: what an op computes. Two values are equal only if they are the same node. */
public final class Value {

    private final int id;
    private final Op op;
    private final Shape shape;

    Value(int id, Op op, Shape shape) {
        this.id = id;
        this.op = op;
        this.shape = shape;
    }

    /** Returns the place in the graph's order: operands come before what uses them. */
    public int id() {
        return id;
    }

    /** Returns the op that computes the value. */
    public Op op() {
        return op;
    }

    /** Returns the shape. */
    public Shape shape() {
        return shape;
    }

    /** Returns the shape of a value that is known to be rows. */
    public Shape.Rows rows() {
        return (Shape.Rows) shape;
    }

    /** Returns the shape of a value that is known to be pairs. */
    public Shape.Pairs pairs() {
        return (Shape.Pairs) shape;
    }

    /** Returns the constant of a value that is known to be a weight. */
    public Constant constant() {
        return ((Op.Weight) op).constant();
    }

    @Override
    public String toString() {
        return "%" + id;
    }
}
