package io.lanewise.bench.peers;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

import io.lanewise.Inputs;
import io.lanewise.Lanewise;
import io.lanewise.Model;
import io.lanewise.ModelOptions;
import io.lanewise.Outputs;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.Tensor;
import io.lanewise.bench.PaddedBatch;
import io.lanewise.weights.Checkpoint;
import io.lanewise.weights.SafetensorsWriter;

/** Lanewise behind the interface of its peers: one model, a session for every caller. */
final class LanewiseEngine implements LayerEngine {

    static final String SUBJECT = "lanewise";

    /** What a file says besides of the results that are asked for, with commas between; nothing if it is all. */
    private static final String ASKED = "bench.outputs";

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
        Checkpoint checkpoint = layer.checkpoint();
        SafetensorsWriter writer = SafetensorsWriter.create();
        checkpoint.metadata().forEach(writer::metadata);
        writer.metadata(ASKED, String.join(",", layer.outputs()));
        for (String name : checkpoint.names()) {
            Checkpoint.Entry weight = checkpoint.find(name).orElseThrow();
            writer.addFloats(name, weight.shape(), weight.floats().get());
        }
        writer.writeTo(file);
    }

    @Override
    public OpenLayer open(Path file, int threads) {
        Checkpoint checkpoint = Checkpoint.open(file);
        String asked = checkpoint.metadata().getOrDefault(ASKED, "");
        return new Opened(Model.of(checkpoint, ModelOptions.defaults()), asked, threads);
    }

    private record Opened(Model model, String asked, int threads) implements OpenLayer {

        @Override
        public LayerCaller newCaller(List<PaddedBatch> batches) {
            SessionOptions options = batches.getFirst().sessionOptions().threads(threads);
            return new Caller(model.newSession(asked.isEmpty() ? options : options.outputs(asked.split(","))), batches);
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
            batch.inputs().forEach(input -> inputs.and(input.name(), input.ids()
                    ? Tensor.ids(input.words(), RequestMemory.shape(input))
                    : Tensor.of(RequestMemory.values(input), RequestMemory.shape(input)), input.lengths()));
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
