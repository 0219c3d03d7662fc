package io.lanewise.bench.encoders;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import io.lanewise.Inputs;
import io.lanewise.Lanewise;
import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.Tensor;
import io.lanewise.WeightStorage;

/** Lanewise behind the interface of its peers. */
final class LanewiseEncoders implements EncoderEngine {

    static final String SUBJECT = "lanewise";

    private final WeightStorage storage;

    /** Keeps weights as they are. */
    LanewiseEncoders() {
        this(WeightStorage.EXACT);
    }

    /** Keeps weights so. */
    LanewiseEncoders(WeightStorage storage) {
        this.storage = storage;
    }

    @Override
    public String subject() {
        return isExact() ? SUBJECT : SUBJECT + "-" + storage.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String describe() {
        return Lanewise.describe() + ", threads 1";
    }

    @Override
    public boolean has(BenchEncoder encoder) {
        return true;
    }

    @Override
    public boolean isExact() {
        return storage == WeightStorage.EXACT;
    }

    @Override
    public OpenEncoder open(BenchEncoder encoder, int threads) {
        return new Opened(encoder, Model.of(encoder.encoder().get()), storage, threads, new ArrayList<>());
    }

    private record Opened(BenchEncoder encoder, Model model, WeightStorage storage, int threads,
            List<Session> sessions) implements OpenEncoder {

        @Override
        public Supplier<FloatBuffer> ready(IdBatch batch) {
            SessionOptions options = SessionOptions.defaults().threads(threads).maxBatch(batch.texts())
                    .maxLength(batch.tokens()).inputs(encoder.inputs().toArray(String[]::new))
                    .outputs(encoder.output()).weights(storage);
            Session session = model.newSession(options);
            sessions.add(session);
            Inputs inputs = Inputs.of("input_ids", Tensor.ids(batch.flat(), batch.texts(), batch.tokens()));
            if (batch.types() != null) {
                inputs.and("token_type_ids", Tensor.ids(batch.flatTypes(), batch.texts(), batch.tokens()));
            }
            return () -> session.run(inputs).floats(encoder.output());
        }

        @Override
        public void close() {
            sessions.forEach(Session::close);
            model.close();
        }
    }
}
