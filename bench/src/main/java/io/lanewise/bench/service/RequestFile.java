package io.lanewise.bench.service;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.lanewise.bench.PaddedBatch;
import io.lanewise.bench.PaddedInput;

/** Batches in a file of no format, so that a process under measurement need not load what made them. */
final class RequestFile {

    private RequestFile() {}

    static void write(Path file, List<PaddedBatch> batches) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(batches.size());
            for (PaddedBatch batch : batches) {
                out.writeInt(batch.inputs().size());
                for (PaddedInput input : batch.inputs()) {
                    write(out, input);
                }
            }
        }
    }

    private static void write(DataOutputStream out, PaddedInput input) throws IOException {
        out.writeUTF(input.name());
        out.writeInt(input.rows());
        out.writeInt(input.features());
        out.writeInt(input.values().length);
        for (float value : input.values()) {
            out.writeFloat(value);
        }
        out.writeInt(input.lengths().length);
        for (int length : input.lengths()) {
            out.writeInt(length);
        }
    }

    static List<PaddedBatch> read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            List<PaddedBatch> batches = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                List<PaddedInput> inputs = new ArrayList<>();
                for (int inputsLeft = in.readInt(); inputsLeft > 0; inputsLeft--) {
                    inputs.add(readInput(in));
                }
                batches.add(new PaddedBatch(inputs));
            }
            return batches;
        }
    }

    private static PaddedInput readInput(DataInputStream in) throws IOException {
        String name = in.readUTF();
        int rows = in.readInt();
        int features = in.readInt();
        float[] values = new float[in.readInt()];
        ByteBuffer.wrap(in.readNBytes(values.length * Float.BYTES)).asFloatBuffer().get(values); // one by one is slow when cold
        int[] lengths = new int[in.readInt()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = in.readInt();
        }
        return new PaddedInput(name, rows, features, values, lengths);
    }
}
