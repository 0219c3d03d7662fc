package io.lanewise.importers.onnx;

import java.nio.ByteBuffer;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.lanewise.LanewiseException;

import static io.lanewise.LanewiseException.quote;

/**
 * The element types whose values are read, by their names and numbers in {@code TensorProto.DataType}.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3">onnx.proto3</a>
 */
enum ElementType {
    FLOAT(1, Float.BYTES, Kind.FLOAT) {
        @Override
        double at(ByteBuffer raw, int index) {
            return raw.getFloat(index * Float.BYTES);
        }
    },
    UINT8(2, Byte.BYTES, Kind.INT) {
        @Override
        double at(ByteBuffer raw, int index) {
            return Byte.toUnsignedInt(raw.get(index));
        }
    },
    INT8(3, Byte.BYTES, Kind.INT) {
        @Override
        double at(ByteBuffer raw, int index) {
            return raw.get(index);
        }
    },
    INT32(6, Integer.BYTES, Kind.INT) {
        @Override
        double at(ByteBuffer raw, int index) {
            return raw.getInt(index * Integer.BYTES);
        }
    },
    INT64(7, Long.BYTES, Kind.INT) {
        @Override
        double at(ByteBuffer raw, int index) {
            return raw.getLong(index * Long.BYTES);
        }
    },
    BOOL(9, Byte.BYTES, Kind.BOOL) {
        @Override
        double at(ByteBuffer raw, int index) {
            return raw.get(index) == 0 ? 0 : 1;
        }
    },
    FLOAT16(10, Short.BYTES, Kind.FLOAT) {
        @Override
        double at(ByteBuffer raw, int index) {
            return Float.float16ToFloat(raw.getShort(index * Short.BYTES));
        }
    },
    DOUBLE(11, Double.BYTES, Kind.FLOAT) {
        @Override
        double at(ByteBuffer raw, int index) {
            return raw.getDouble(index * Double.BYTES);
        }
    },
    BFLOAT16(16, Short.BYTES, Kind.FLOAT) {
        @Override
        double at(ByteBuffer raw, int index) {
            return Float.intBitsToFloat(raw.getShort(index * Short.BYTES) << Short.SIZE);
        }
    };

    /** What may be done with a value. */
    enum Kind {
        BOOL, INT, FLOAT
    }

    private final int number;
    private final int bytes;
    private final Kind kind;

    ElementType(int number, int bytes, Kind kind) {
        this.number = number;
        this.bytes = bytes;
        this.kind = kind;
    }

    int bytes() {
        return bytes;
    }

    Kind kind() {
        return kind;
    }

    /** Returns an element of {@code raw_data}, which is little endian. */
    abstract double at(ByteBuffer raw, int index);

    /** Says whether elements outside of {@code raw_data} are the bits of the number, not the number. */
    boolean isTypedAsBits() {
        return this == FLOAT16 || this == BFLOAT16;
    }

    static ElementType of(TensorProto tensor) {
        ElementType type = numbered(tensor.getDataType());
        if (type == null) {
            throw new LanewiseException(
                    "a constant's elements must be numbers that can be read: tensor=%s, data_type=%d"
                            .formatted(quote(tensor.getName()), tensor.getDataType()));
        }
        return type;
    }

    /** Returns what a number of {@code onnx.proto} stands for; null if it is none of these. */
    static ElementType numbered(long number) {
        for (ElementType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        return null;
    }
}
