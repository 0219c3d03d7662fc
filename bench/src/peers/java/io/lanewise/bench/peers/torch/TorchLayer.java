package io.lanewise.bench.peers.torch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import io.lanewise.bench.PaddedBatch;
import io.lanewise.bench.peers.LayerCaller;
import io.lanewise.bench.peers.OpenLayer;

/** A TorchScript module in PyTorch, which many threads may call. */
final class TorchLayer implements OpenLayer {

    private final Model model;
    private final List<String> inputs;
    private final List<String> outputs;

    TorchLayer(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile());
                BufferedReader names = new BufferedReader(new InputStreamReader(
                        zip.getInputStream(zip.getEntry(TorchScript.NAMES)), StandardCharsets.UTF_8))) {
            inputs = List.of(names.readLine().split(" "));
            outputs = List.of(names.readLine().split(" "));
        }
        model = Model.newInstance("layer", "PyTorch");
        try (InputStream in = Files.newInputStream(file)) {
            model.load(in);
        } catch (MalformedModelException e) {
            throw new IOException("PyTorch must take the module: file=" + file, e);
        }
    }

    Model model() {
        return model;
    }

    /** Returns the names of the module's arguments, in their order. */
    List<String> inputs() {
        return inputs;
    }

    @Override
    public LayerCaller newCaller(List<PaddedBatch> batches) {
        return new TorchCaller(model, inputs, outputs, batches);
    }

    @Override
    public void close() {
        model.close();
    }
}
