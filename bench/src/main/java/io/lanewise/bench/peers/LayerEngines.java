package io.lanewise.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The engines on the class path. */
public final class LayerEngines {

    private LayerEngines() {}

    /** Returns Lanewise, then the peers that this build has; none without the Maven profile {@code peers}. */
    public static List<LayerEngine> all() {
        List<LayerEngine> engines = new ArrayList<>(List.of(new LanewiseEngine()));
        ServiceLoader.load(LayerEngine.class).forEach(engines::add);
        return engines;
    }

    /** Returns the peers that this build has. */
    public static List<LayerEngine> peers() {
        List<LayerEngine> engines = all();
        return engines.subList(1, engines.size());
    }

    /**
     * Returns the engine of that name.
     *
     * @throws IllegalArgumentException if this build does not have it
     */
    public static LayerEngine of(String subject) {
        return all().stream().filter(engine -> engine.subject().equals(subject)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "engine must be in this build, peers need -Ppeers: engine=" + subject));
    }
}
