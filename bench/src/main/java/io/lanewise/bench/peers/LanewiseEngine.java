package io.lanewise.bench.peers;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

import io.lanewise.Inputs;
import io.lanewise.Lanewise;
import io.lanewise.Model;
import io.lanewise.Outputs;
import io.lanewise.Session;
import io.lanewise.Tensor;
import io.lanewise.bench.PaddedBatch;
import io.lanewise.graph.Constant;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.weights.SafetensorsWriter;

/** Lanewise behind the interface of its peers: one model, a session for every caller. */
final class LanewiseEngine implements LayerEngine {

    static final String SUBJECT = "lanewise";

    @Override
    public String subject() {
        return SUBJECT;
    }

    @Override
    public String describe() {
        return Lanewise.describe() + ", threads 1";
    }

    @Override
    public void export(PaperLayer layer, Path file) {
        SafetensorsWriter writer = SafetensorsWriter.create()
                .metadata("layer", layer.kind())
                .metadata("heads", Integer.toString(layer.sizes().heads()))
                .metadata("residual", "projected_query"); // read by single attention alone
        try (Model model = layer.model()) {
            for (Value value : model.graph(Set.of()).values()) {
                if (value.op() instanceof Op.Weight(Constant constant)) {
                    writer.addFloats(constant.name(), sizes(constant.shape()), constant.values());
                }
            }
        }
        writer.writeTo(file);
    }

    private static List<Long> sizes(Shape shape) {
        return switch (shape) {
            case Shape.Matrix matrix -> List.of((long) matrix.rows(), (long) matrix.columns());
            case Shape.Vector vector -> List.of((long) vector.size());
            default -> throw new IllegalArgumentException("a weight is a matrix or a vector: shape=" + shape);
        };
    }

    @Override
    public OpenLayer open(Path file, int threads) {
        return new Opened(Model.load(file), threads);
    }

    private record Opened(Model model, int threads) implements OpenLayer {

        @Override
        public LayerCaller newCaller(List<PaddedBatch> batches) {
            return new Caller(model.newSession(batches.getFirst().sessionOptions().threads(threads)), batches);
        }

        @Override
        public void close() {
            model.close();
        }
    }

    private static final class Caller implements LayerCaller {

        private final Session session;
        private final Inputs[] inputs;
        private final SequencedMap<String, FloatBuffer> outputs = new LinkedHashMap<>();

        Caller(Session session, List<PaddedBatch> batches) {
            this.session = session;
            this.inputs = batches.stream().map(Caller::inputs).toArray(Inputs[]::new);
        }

        private static Inputs inputs(PaddedBatch batch) {
            Inputs inputs = Inputs.none();
            batch.inputs().forEach(input -> inputs.and(input.name(),
                    Tensor.of(RequestMemory.values(input), RequestMemory.shape(input)), input.lengths()));
            return inputs;
        }

        @Override
        public SequencedMap<String, FloatBuffer> call(int batch) {
            Outputs answer = session.run(inputs[batch]);
            for (String name : answer.names()) {
                outputs.put(name, answer.floats(name));
            }
            return outputs;
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
