package io.lanewise.bench.peers;

import java.io.IOException;
import java.nio.file.Path;

/** An engine that can run a layer: Lanewise, or a peer found by {@link LayerEngines}. */
public interface LayerEngine extends Peer {

    /** Writes a layer, weights and all, as the file that the engine's users would deploy. */
    void export(PaperLayer layer, Path file) throws IOException;

    /**
     * Opens an exported layer.
     *
     * @param threads how many threads work on one call
     */
    OpenLayer open(Path file, int threads) throws IOException;
}
