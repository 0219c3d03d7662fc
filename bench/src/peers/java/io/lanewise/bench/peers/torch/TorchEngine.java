package io.lanewise.bench.peers.torch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import io.lanewise.Model;
import io.lanewise.bench.peers.LayerEngine;
import io.lanewise.bench.peers.OpenLayer;
import io.lanewise.bench.peers.PaperLayer;
import io.lanewise.bench.peers.natives.NativeFunctions;

/** PyTorch through DJL, in inference mode. Native libraries come out of DJL's jars; nothing is downloaded. */
public final class TorchEngine implements LayerEngine {

    private static final String SHOW_CONFIG = "_ZN2at11show_configB5cxx11Ev"; // std::string at::show_config()

    /** For the service loader. */
    public TorchEngine() {}

    @Override
    public String subject() {
        return "pytorch";
    }

    @Override
    public String describe() {
        prepare(1);
        String version = Engine.getEngine("PyTorch").getVersion();
        return "PyTorch %s, DJL %s, threads %d; %s".formatted(version, Engine.getDjlVersion(), JniUtils.getNumThreads(),
                configuration());
    }

    /** Returns its own words, of which the last are its kernels; without the compiler's flags. */
    private static String configuration() {
        return NativeFunctions.cppText(SHOW_CONFIG).lines().map(String::strip).filter(line -> line.startsWith("- "))
                .map(line -> line.substring(2)).filter(line -> !line.startsWith("Build settings"))
                .collect(Collectors.joining("; "));
    }

    @Override
    public void export(PaperLayer layer, Path file) throws IOException {
        try (Model model = layer.model(); OutputStream out = Files.newOutputStream(file)) {
            TorchTranslator.scriptOf(layer.graph(model)).writeTo(out);
        }
    }

    @Override
    public OpenLayer open(Path file, int threads) throws IOException {
        prepare(threads);
        return new TorchLayer(file);
    }

    /** Sets what DJL reads once, when its engine starts. */
    static void prepare(int threads) {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        System.setProperty("DJL_CACHE_DIR", Path.of("target", "djl").toAbsolutePath().toString());
    }
}
