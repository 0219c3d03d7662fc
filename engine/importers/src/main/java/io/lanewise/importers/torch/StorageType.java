package io.lanewise.importers.torch;

import java.util.Arrays;
import java.util.Optional;

import io.lanewise.weights.TensorType;

/** The storages of PyTorch, by their classes. */
enum StorageType {
    FloatStorage(TensorType.F32), DoubleStorage(TensorType.F64), HalfStorage(TensorType.F16), BFloat16Storage(
            TensorType.BF16), LongStorage(TensorType.I64), IntStorage(TensorType.I32), ShortStorage(
                    TensorType.I16), CharStorage(
                            TensorType.I8), ByteStorage(TensorType.U8), BoolStorage(TensorType.BOOL);

    private final TensorType type;

    StorageType(TensorType type) {
        this.type = type;
    }

    TensorType type() {
        return type;
    }

    static Optional<StorageType> of(Pickled.Global global) {
        return Arrays.stream(values())
                .filter(type -> global.module().equals("torch") && type.name().equals(global.name())).findFirst();
    }
}
