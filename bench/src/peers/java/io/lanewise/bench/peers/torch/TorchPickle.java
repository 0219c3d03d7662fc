package io.lanewise.bench.peers.torch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the few pickle instructions of protocol 2 that a TorchScript archive needs. Not thread-safe. */
final class TorchPickle {

    private static final int PROTOCOL = 0x80;
    private static final int NEW_OBJECT = 0x81;
    private static final int FALSE = 0x89;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    TorchPickle() {
        op(PROTOCOL).op(2);
    }

    /** Writes a module of that class without parameters, in evaluation mode. */
    TorchPickle module(String classModule, String className) {
        global(classModule, className).op(')').op(NEW_OBJECT);
        return op('}').mark().text("training").op(FALSE).op('u').op('b');
    }

    /** Starts a tuple. */
    TorchPickle mark() {
        return op('(');
    }

    /** Ends a tuple. */
    TorchPickle tuple() {
        return op('t');
    }

    /** Writes a dense float tensor whose values stand in the archive under that key. */
    TorchPickle floatTensor(String key, int... shape) {
        global("torch._utils", "_rebuild_tensor_v2").mark();
        mark().text("storage").global("torch", "FloatStorage").text(key).text("cpu").integer(product(shape, 0)).tuple();
        op('Q').integer(0); // the persistent id, and the offset in it
        mark();
        for (int size : shape) {
            integer(size);
        }
        tuple().mark();
        for (int axis = 0; axis < shape.length; axis++) {
            integer(product(shape, axis + 1));
        }
        tuple().op(FALSE); // requires no gradient, and has no hooks:
        return global("collections", "OrderedDict").op(')').op('R').tuple().op('R');
    }

    private static int product(int[] shape, int firstAxis) {
        int product = 1;
        for (int axis = firstAxis; axis < shape.length; axis++) {
            product *= shape[axis];
        }
        return product;
    }

    private TorchPickle global(String module, String name) {
        return op('c').raw((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private TorchPickle text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return op('X').int32(utf8.length).raw(utf8);
    }

    private TorchPickle integer(int value) {
        return op('J').int32(value);
    }

    private TorchPickle int32(int value) {
        return raw(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    private TorchPickle op(int code) {
        bytes.write(code);
        return this;
    }

    private TorchPickle raw(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }

    /** Ends the pickle. */
    byte[] toBytes() {
        op('.');
        return bytes.toByteArray();
    }
}
