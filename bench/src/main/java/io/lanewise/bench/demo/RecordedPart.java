package io.lanewise.bench.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.bench.LayerSizes;

/**
 * Part two: weight files of every kind of layer, the answers compared with those of the published code. Nothing is timed: such
 * small layers take microseconds, of which handing the inputs over is a good part.
 */
final class RecordedPart {

    private static final LayerSizes LANES = new LayerSizes(48, 4, 96, 2, 7, 12);
    private static final LayerSizes ODD = new LayerSizes(20, 2, 28, 2, 5, 9);

    private final PrintStream out;
    private final PassLegend legend;

    RecordedPart(PrintStream out, PassLegend legend) {
        this.out = out;
        this.legend = legend;
    }

    /** Runs every case and prints a line for each. */
    List<Result> run(Path goldens) {
        List<RecordedCase> cases = new ArrayList<>(RecordedCase.openAll(goldens.resolve("lanes"), 3, LANES));
        cases.addAll(RecordedCase.openAll(goldens.resolve("odd"), 2, ODD));
        List<Result> results = new ArrayList<>();
        try (Terminal terminal = new Terminal(out, "recorded layers", cases.size())) {
            for (RecordedCase layer : cases) {
                terminal.start(layer.name());
                results.add(result(layer));
                terminal.print(results.getLast().line());
                terminal.advanceTo(results.size());
            }
        } finally {
            cases.forEach(RecordedCase::close);
        }
        return results;
    }

    private Result result(RecordedCase layer) {
        SessionOptions options = layer.batch().sessionOptions();
        try (Session session = layer.model().newSession(options)) {
            return new Result(layer.name(), layer.batch().describe(), legend.letters(layer.model().passes(options)),
                    layer.expected().deviation(session.run(layer.batch().forSession())));
        }
    }
}
