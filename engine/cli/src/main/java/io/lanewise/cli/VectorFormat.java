package io.lanewise.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.lanewise.LanewiseException;

/** Formats of a file of vectors: a header of a size that does not depend on how many there are, then float32 by rows. */
enum VectorFormat {

    /** NumPy's, version 1.0. */
    NPY(".npy") {
        @Override
        byte[] header(long rows, int columns) {
            byte[] text = padded("{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }".formatted(rows,
                    columns), NPY_BYTES - 10, '\n');
            return ByteBuffer.allocate(NPY_BYTES).order(ByteOrder.LITTLE_ENDIAN).put(NPY_MAGIC)
                    .putShort((short) text.length).put(text).array();
        }
    },

    /** One tensor. */
    SAFETENSORS(".safetensors") {
        @Override
        byte[] header(long rows, int columns) {
            byte[] text = padded("{\"embeddings\":{\"dtype\":\"F32\",\"shape\":[%d,%d],\"data_offsets\":[0,%d]}}"
                    .formatted(rows, columns, rows * columns * Float.BYTES), SAFETENSORS_BYTES - Long.BYTES, ' ');
            return ByteBuffer.allocate(SAFETENSORS_BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text)
                    .array();
        }
    };

    /** Room for the largest numbers, and a multiple of 64, which keeps the floats aligned. */
    private static final int NPY_BYTES = 128;
    private static final int SAFETENSORS_BYTES = 192;
    private static final byte[] NPY_MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    private final String ending;

    VectorFormat(String ending) {
        this.ending = ending;
    }

    /**
     * Returns the format that a file's ending asks for.
     *
     * @throws LanewiseException if it is none of them
     */
    static VectorFormat of(Path file) {
        for (VectorFormat format : values()) {
            if (file.toString().endsWith(format.ending)) {
                return format;
            }
        }
        throw new LanewiseException("output must end in .npy or .safetensors: output=" + file);
    }

    /** Returns the header of a file of so many rows. */
    abstract byte[] header(long rows, int columns);

    private static byte[] padded(String text, int bytes, char last) {
        String padded = text + " ".repeat(bytes - 1 - text.length()) + last;
        return padded.getBytes(StandardCharsets.US_ASCII);
    }
}
