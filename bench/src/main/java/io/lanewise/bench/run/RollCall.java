package io.lanewise.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.lanewise.bench.peers.Peers;
import io.lanewise.bench.result.Environment;
import io.lanewise.bench.result.ResultFile;

/** Asks peers what they run, in a process like those in which they are measured. */
public final class RollCall {

    private RollCall() {}

    /** Writes the answers: result file, then the names of the peers. */
    public static void main(String... arguments) throws IOException {
        SortedMap<String, String> answers = new TreeMap<>();
        for (String subject : List.of(arguments).subList(1, arguments.length)) {
            answers.put(subject, Peers.describe(subject));
        }
        new ResultFile(Environment.here().withPeers(answers), "", List.of(), List.of()).write(Path.of(arguments[0]));
    }

    /**
     * Asks the peers of these names.
     *
     * @param log what the process prints is added to this file
     * @return their answers by name
     * @throws IOException if one cannot answer; the log says why
     */
    public static Map<String, String> of(Collection<String> subjects, Path log)
            throws IOException, InterruptedException {
        if (subjects.isEmpty()) {
            return Map.of();
        }
        Path file = Files.createTempFile("lanewise-peers", ".json");
        try {
            List<String> arguments = new ArrayList<>(List.of(file.toString()));
            arguments.addAll(subjects);
            ChildJvm.run(RollCall.class, List.of(), arguments, log);
            return ResultFile.read(file).environment().peers();
        } finally {
            Files.delete(file);
        }
    }
}
