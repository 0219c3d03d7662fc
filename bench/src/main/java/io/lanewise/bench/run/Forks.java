package io.lanewise.bench.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
     * Does a job in a JVM of its own.
     *
     * @throws IOException if the JVM fails; the log says why
     */
    ResultFile measure(String job, int fork) throws IOException, InterruptedException {
        Path file = Files.createTempFile("lanewise-fork", ".json");
        try {
            int exit = new ProcessBuilder(command(job, fork, file)).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start().waitFor();
            if (exit != 0) {
                throw new IOException("a fork must end well: job=%s, exit=%d, log=%s".formatted(job, exit, log));
            }
            return ResultFile.read(file);
        } finally {
            Files.delete(file);
        }
    }

    private List<String> command(String job, int fork, Path file) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Fork.class.getName(),
                mode.name(), job, Integer.toString(fork), file.toString()));
        return command;
    }
}
