package io.lanewise.bench.peers.torch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import io.lanewise.Model;
import io.lanewise.bench.peers.LayerEngine;
import io.lanewise.bench.peers.OpenLayer;
import io.lanewise.bench.peers.PaperLayer;

/** PyTorch through DJL, in inference mode. Native libraries come out of DJL's jars; nothing is downloaded. */
public final class TorchEngine implements LayerEngine {

    /** For the service loader. */
    public TorchEngine() {}

    @Override
    public String subject() {
        return "pytorch";
    }

    @Override
    public void export(PaperLayer layer, Path file) throws IOException {
        try (Model model = layer.model(); OutputStream out = Files.newOutputStream(file)) {
            TorchTranslator.scriptOf(model.graph(Set.of())).writeTo(out);
        }
    }

    @Override
    public OpenLayer open(Path file, int threads) throws IOException {
        // DJL reads these once, when its engine starts.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        System.setProperty("DJL_CACHE_DIR", Path.of("target", "djl").toAbsolutePath().toString());
        return new TorchLayer(file);
    }
}
