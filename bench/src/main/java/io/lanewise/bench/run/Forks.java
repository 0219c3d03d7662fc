package io.lanewise.bench.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.lanewise.bench.result.Measurement;
import io.lanewise.bench.result.ResultFile;

/** Starts JVMs like this one, one at a time. */
final class Forks {

    private final Mode mode;
    private final Path log;

    /** Makes forks whose own words go to a log. */
    Forks(Mode mode, Path log) {
        this.mode = mode;
        this.log = log;
    }

    /**
     * Measures a point in a JVM of its own.
     *
     * @throws IOException if it fails; the log says why
     */
    List<Measurement> measure(String point, int fork) throws IOException, InterruptedException {
        Path file = Files.createTempFile("lanewise-fork", ".json");
        try {
            int exit = new ProcessBuilder(command(point, fork, file)).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start().waitFor();
            if (exit != 0) {
                throw new IOException("a fork must end well: point=%s, exit=%d, log=%s".formatted(point, exit, log));
            }
            return ResultFile.read(file).measurements();
        } finally {
            Files.delete(file);
        }
    }

    private List<String> command(String point, int fork, Path file) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Fork.class.getName(),
                mode.name(), point, Integer.toString(fork), file.toString()));
        return command;
    }
}
