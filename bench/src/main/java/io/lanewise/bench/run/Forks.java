package io.lanewise.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.lanewise.bench.result.ResultFile;

/** Does jobs in JVMs like this one, one at a time. */
final class Forks {

    private final Mode mode;
    private final Path log;

    /** Makes forks whose own words go to a log. */
    Forks(Mode mode, Path log) {
        this.mode = mode;
        this.log = log;
    }

    /**
     * Does a job in a JVM of its own.
     *
     * @throws IOException if the JVM fails; the log says why
     */
    ResultFile measure(String job, int fork) throws IOException, InterruptedException {
        Path file = Files.createTempFile("lanewise-fork", ".json");
        try {
            ChildJvm.run(Fork.class, List.of(), List.of(mode.name(), job, Integer.toString(fork), file.toString()),
                    log);
            return ResultFile.read(file);
        } finally {
            Files.delete(file);
        }
    }
}
