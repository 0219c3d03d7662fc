package io.lanewise.importers.onnx;

/** Says that a value cannot be known when a graph is tried; no mistake of anybody's, and seen nowhere but there. */
final class Unknown extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Unknown ONLY = new Unknown();

    private Unknown() {
        super("unknown", null, false, false);
    }

    static void unless(boolean known) {
        if (!known) {
            throw ONLY;
        }
    }

    static int index(long index, int size) {
        unless(index >= 0 && index < size);
        return (int) index;
    }
}
