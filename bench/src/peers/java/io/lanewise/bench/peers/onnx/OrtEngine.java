package io.lanewise.bench.peers.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.lanewise.Model;
import io.lanewise.bench.peers.LayerEngine;
import io.lanewise.bench.peers.OpenLayer;
import io.lanewise.bench.peers.PaperLayer;
import io.lanewise.bench.peers.graph.OnnxTranslator;

/** ONNX Runtime with all its graph optimizations; one operator at a time. */
public final class OrtEngine implements LayerEngine {

    /** For the service loader. */
    public OrtEngine() {}

    @Override
    public String subject() {
        return "ort";
    }

    @Override
    public String describe() {
        return OrtSessions.describe();
    }

    @Override
    public void export(PaperLayer layer, Path file) throws IOException {
        try (Model model = layer.model()) {
            Files.write(file, OnnxTranslator.modelOf(layer.graph(model)));
        }
    }

    @Override
    public OpenLayer open(Path file, int threads) throws IOException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = OrtSessions.options(threads)) {
            return new OrtLayer(environment, environment.createSession(file.toString(), options));
        } catch (OrtException e) {
            throw new IOException("ONNX Runtime must take the model: file=" + file, e);
        }
    }
}
