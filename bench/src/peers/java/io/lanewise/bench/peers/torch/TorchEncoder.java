package io.lanewise.bench.peers.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.lanewise.bench.encoders.IdBatch;
import io.lanewise.bench.encoders.OpenEncoder;
import io.lanewise.bench.peers.graph.GraphTranslator;

/** An encoder in PyTorch; the result is read where PyTorch left it and freed by the next run. */
final class TorchEncoder implements OpenEncoder {

    private final TorchLayer layer;
    private final Model model;
    private final NDManager manager;
    private NDList answer = new NDList();

    TorchEncoder(Path file) throws IOException {
        layer = new TorchLayer(file);
        model = layer.model();
        manager = model.getNDManager().newSubManager();
    }

    @Override
    public Supplier<FloatBuffer> ready(IdBatch batch) {
        NDList inputs = new NDList();
        layer.inputs().forEach(name -> inputs.add(tensor(name, batch)));
        ParameterStore noParameters = new ParameterStore(manager, false);
        return () -> {
            answer.close();
            answer = model.getBlock().forward(noParameters, inputs, false);
            return answer.singletonOrThrow().toByteBuffer(true).asFloatBuffer();
        };
    }

    private NDArray tensor(String name, IdBatch batch) {
        Shape shape = new Shape(batch.texts(), batch.tokens());
        if (name.endsWith(GraphTranslator.PADDING)) { // of which there is none
            return manager.create(ByteBuffer.allocateDirect((int) shape.size()), shape, DataType.BOOLEAN);
        }
        int[] ids = name.equals("input_ids") ? batch.flat() : batch.flatTypes();
        return manager.create(LongBuffer.wrap(Arrays.stream(ids).asLongStream().toArray()), shape, DataType.INT64);
    }

    @Override
    public void close() {
        answer.close();
        manager.close();
        layer.close();
    }
}
