package io.lanewise.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

import io.lanewise.bench.run.BenchRun;
import io.lanewise.bench.run.Mode;

/** Times kernels and layers side by side. */
public final class Bench {

    private Bench() {}

    /**
     * Runs.
     *
     * @param arguments the name of a {@link Mode} in small letters, and the directory for the result file
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Mode mode = Mode.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        new BenchRun(mode, Path.of(arguments[1])).run(System.out);
    }
}
