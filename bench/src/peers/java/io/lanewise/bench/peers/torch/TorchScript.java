package io.lanewise.bench.peers.torch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Shape;

/**
 * A TorchScript archive as {@code torch.jit.save} leaves it after {@code torch.jit.freeze}: a module without parameters, one
 * method, and the weights as constants of its code.
 *
 * <pre>
 *   layer/version                 the format
 *   layer/code/__torch__.py       the method
 *   layer/data.pkl                the module, which is empty
 *   layer/constants.pkl           the shapes of the constants
 *   layer/constants/0 …           their values
 *   layer/extra/names             inputs and outputs, a line each: for {@link TorchLayer}, ignored by PyTorch
 * </pre>
 *
 * @param inputs the method's arguments, tensors all
 * @param lines the method's statements
 * @param outputs by name, the value that it returns
 * @param constants what {@code CONSTANTS.c0} and so on stand for
 */
record TorchScript(List<String> inputs, List<String> lines, SequencedMap<String, String> outputs,
        List<Constant> constants) {

    static final String NAMES = "layer/extra/names";
    private static final String FORMAT_VERSION = "3\n";

    void writeTo(OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setMethod(ZipOutputStream.STORED);
            put(zip, "layer/data.pkl", new TorchPickle().module("__torch__", "Layer").toBytes());
            put(zip, "layer/code/__torch__.py", code().getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < constants.size(); i++) {
                put(zip, "layer/constants/" + i, bytes(constants.get(i).values()));
            }
            put(zip, "layer/constants.pkl", shapes());
            put(zip, NAMES, (String.join(" ", inputs) + "\n" + String.join(" ", outputs.keySet()))
                    .getBytes(StandardCharsets.UTF_8));
            put(zip, "layer/version", FORMAT_VERSION.getBytes(StandardCharsets.UTF_8));
        }
    }

    private String code() {
        List<String> arguments = new ArrayList<>(List.of("self: __torch__.Layer"));
        inputs.forEach(input -> arguments.add(input + ": Tensor"));
        StringBuilder code = new StringBuilder("""
                class Layer(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                  def forward(%s) -> %s:
                """.formatted(String.join(",\n    ", arguments), returnType()));
        lines.forEach(line -> code.append("    ").append(line).append('\n'));
        return code.append("    return ").append(returned()).append('\n').toString();
    }

    private String returnType() {
        return outputs.size() == 1 ? "Tensor" : "Tuple[" + "Tensor, ".repeat(outputs.size() - 1) + "Tensor]";
    }

    private String returned() {
        String values = String.join(", ", outputs.values());
        return outputs.size() == 1 ? values : "(" + values + ")";
    }

    private byte[] shapes() {
        TorchPickle pickle = new TorchPickle().mark();
        for (int i = 0; i < constants.size(); i++) {
            switch (constants.get(i).shape()) {
                case Shape.Matrix matrix -> pickle.floatTensor(Integer.toString(i), matrix.rows(), matrix.columns());
                case Shape.Vector vector -> pickle.floatTensor(Integer.toString(i), vector.size());
                default -> throw new IllegalArgumentException("a constant is a matrix or a vector: " + constants.get(i));
            }
        }
        return pickle.tuple().toBytes();
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    // PyTorch reads stored entries alone without a copy, and those must say their size and checksum first.
    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setSize(bytes.length);
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
