package io.lanewise.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Computes twice and compares. */
@Command(name = "verify", description = {"Says whether a model gives here what it should.", "",
        "Some texts are computed by the plan and by the reference's naive loops, all results of the folder; where the folder "
                + "has no tokenizer, random ids that are the same every time. They may differ by at most 2e-5 of the "
                + "largest value, or of 1 where all are smaller.",
        "With a file of recorded vectors, these are compared with what embed makes of their texts: cosine and largest "
                + "difference, of which 2e-6 are allowed, of the largest value where that is above 1. The file is JSON: "
                + "{\"max_length\": 512, \"items\": [{\"text\": \"...\", \"ids\": [...], \"vector\": [...]}, ...]}; max_length "
                + "and ids may be missing, and a folder without a tokenizer needs ids.",
        "The last line is the verdict; the exit code is 1 if anything is not as it should be.",
        ""}, footer = {"", "Examples:", "  lanewise verify all-MiniLM-L6-v2",
                "  lanewise verify all-MiniLM-L6-v2 minilm.json"})
final class VerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FOLDER", description = "A model's folder.")
    private Path folder;

    @Parameters(index = "1", arity = "0..1", paramLabel = "EXPECTED", description = {
            "Recorded vectors to compare with."})
    private Path expected;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        boolean holds = expected == null
                ? new PlanAgainstReference(folder, out).holds()
                : new VectorsAgainstRecord(folder, RecordedVectors.read(expected), out).holds();
        return holds ? 0 : 1;
    }
}
