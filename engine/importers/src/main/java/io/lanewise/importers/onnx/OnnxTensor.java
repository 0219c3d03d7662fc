package io.lanewise.importers.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.lanewise.LanewiseException;

import static io.lanewise.LanewiseException.quote;

/**
 * A constant of a graph. That its elements fill its shape is checked when it is made, before anything is allocated for them.
 *
 * @param name as it is in the file
 * @param shape the dimensions, slowest first; empty for a scalar
 * @param opener returns the elements by index; opened anew each time it is asked, since they may be in a file
 */
record OnnxTensor(String name, ElementType type, List<Long> shape, int elements,
        Supplier<IntToDoubleFunction> opener) {

    private static final int MOST_RANK = 8;

    static OnnxTensor of(String name, TensorProto tensor, ExternalData external) {
        ElementType type = ElementType.of(tensor);
        int elements = elements(name, tensor, type);
        if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            ExternalData.Place place = external.find(tensor, (long) elements * type.bytes());
            return new OnnxTensor(name, type, tensor.getDimsList(), elements,
                    () -> elements(type, external.read(place)));
        }
        if (tensor.hasRawData()) {
            require(tensor.getRawData().size() == (long) elements * type.bytes(), name, tensor);
            return new OnnxTensor(name, type, tensor.getDimsList(), elements,
                    () -> elements(type, tensor.getRawData().asReadOnlyByteBuffer()));
        }
        require(typedCount(type, tensor) == elements, name, tensor);
        return new OnnxTensor(name, type, tensor.getDimsList(), elements, () -> typed(type, tensor));
    }

    private static IntToDoubleFunction elements(ElementType type, ByteBuffer raw) {
        ByteBuffer little = raw.slice().order(ByteOrder.LITTLE_ENDIAN); // a message's bytes start somewhere in the file
        return index -> type.at(little, index);
    }

    private static int elements(String name, TensorProto tensor, ElementType type) {
        long elements = 1;
        boolean fits = tensor.getDimsCount() <= MOST_RANK;
        for (int i = 0; fits && i < tensor.getDimsCount(); i++) {
            long size = tensor.getDims(i);
            fits = size >= 0 && size <= Integer.MAX_VALUE;
            elements *= fits ? size : 1;
            fits &= elements <= Integer.MAX_VALUE / type.bytes();
        }
        require(fits, name, tensor);
        return (int) elements;
    }

    private static int typedCount(ElementType type, TensorProto tensor) {
        return switch (type) {
            case FLOAT -> tensor.getFloatDataCount();
            case DOUBLE -> tensor.getDoubleDataCount();
            case INT64 -> tensor.getInt64DataCount();
            default -> tensor.getInt32DataCount();
        };
    }

    private static IntToDoubleFunction typed(ElementType type, TensorProto tensor) {
        return switch (type) {
            case FLOAT -> tensor::getFloatData;
            case DOUBLE -> tensor::getDoubleData;
            case INT64 -> tensor::getInt64Data;
            default -> type.isTypedAsBits() ? bits(type, tensor) : tensor::getInt32Data;
        };
    }

    private static IntToDoubleFunction bits(ElementType type, TensorProto tensor) {
        return index -> type == ElementType.FLOAT16
                ? Float.float16ToFloat((short) tensor.getInt32Data(index))
                : Float.intBitsToFloat(tensor.getInt32Data(index) << Short.SIZE);
    }

    private static void require(boolean holds, String name, TensorProto tensor) {
        if (!holds) {
            List<Long> dims = tensor.getDimsList();
            throw new LanewiseException("a constant's elements must fill its shape: tensor=%s, shape=%s".formatted(
                    quote(name), dims.size() > MOST_RANK ? "[" + dims.size() + " numbers]" : dims));
        }
    }

    /** Says whether this is one number, whatever its rank. */
    boolean isScalar() {
        return elements == 1;
    }

    /** Returns the only number. */
    double scalar() {
        return opener.get().applyAsDouble(0);
    }

    /** Returns all numbers, row-major. */
    double[] doubles() {
        IntToDoubleFunction at = opener.get();
        double[] values = new double[elements];
        for (int i = 0; i < elements; i++) {
            values[i] = at.applyAsDouble(i);
        }
        return values;
    }

    /** Returns all numbers as floats, row-major. */
    float[] floats() {
        IntToDoubleFunction at = opener.get();
        float[] values = new float[elements];
        for (int i = 0; i < elements; i++) {
            values[i] = (float) at.applyAsDouble(i);
        }
        return values;
    }

    /** Says type and shape in short, {@code FLOAT [48, 48]}. */
    String describe() {
        return type + " " + shape;
    }
}
