package io.lanewise.bench.peers.torch;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.lanewise.bench.PaddedBatch;
import io.lanewise.bench.PaddedInput;
import io.lanewise.bench.peers.LayerCaller;
import io.lanewise.bench.peers.RequestMemory;
import io.lanewise.bench.peers.graph.GraphTranslator;

/** Calls a module on tensors made once; the outputs are read where PyTorch left them and freed by the next call. */
final class TorchCaller implements LayerCaller {

    private final Block block;
    private final NDManager manager;
    private final ParameterStore noParameters;
    private final List<NDList> inputs = new ArrayList<>();
    private final List<String> outputNames;
    private final SequencedMap<String, FloatBuffer> outputs = new LinkedHashMap<>();
    private NDList answer = new NDList();

    TorchCaller(Model model, List<String> inputNames, List<String> outputNames, List<PaddedBatch> batches) {
        this.block = model.getBlock();
        this.manager = model.getNDManager().newSubManager();
        this.noParameters = new ParameterStore(manager, false);
        this.outputNames = outputNames;
        batches.forEach(batch -> inputs.add(tensors(batch, inputNames)));
    }

    private NDList tensors(PaddedBatch batch, List<String> names) {
        NDList tensors = new NDList();
        for (String name : names) {
            boolean isPadding = name.endsWith(GraphTranslator.PADDING);
            String source = isPadding ? name.substring(0, name.length() - GraphTranslator.PADDING.length()) : name;
            PaddedInput input = batch.inputs().stream().filter(other -> (isPadding ? other.length() : other.name()).equals(source))
                    .findFirst()
                    .orElseThrow();
            tensors.add(isPadding ? padding(input) : values(input));
        }
        return tensors;
    }

    private NDArray values(PaddedInput input) {
        if (input.ids()) {
            return manager.create(RequestMemory.ids(input), new Shape(RequestMemory.shape(input)), DataType.INT64);
        }
        return manager.create(RequestMemory.values(input), new Shape(RequestMemory.shape(input)), DataType.FLOAT32);
    }

    private NDArray padding(PaddedInput input) {
        Shape shape = new Shape(RequestMemory.shape(input)).slice(0, 2);
        return manager.create(RequestMemory.padding(input), shape, DataType.BOOLEAN);
    }

    @Override
    public SequencedMap<String, FloatBuffer> call(int batch) {
        answer.close();
        answer = block.forward(noParameters, inputs.get(batch), false);
        for (int i = 0; i < answer.size(); i++) {
            outputs.put(outputNames.get(i), answer.get(i).toByteBuffer(true).asFloatBuffer());
        }
        return outputs;
    }

    @Override
    public void close() {
        answer.close();
        manager.close();
    }
}
