package io.lanewise.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import io.lanewise.Model;
import io.lanewise.SessionOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows how a layer would be run. */
@Command(name = "explain", description = {
        "Shows how a layer is run: as it is written, what each planner pass did, the final steps, and what they cost.",
        ""}, footer = {"", "Example, for two samples:",
                "  lanewise explain co-attention.safetensors --length question=12,7 --length video=80,64"})
final class ExplainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private LayerOptions layer;

    @Option(names = "--input", paramLabel = "NAME", split = ",", description = {
            "All inputs that will be given, where that is more than the required ones."})
    private List<String> inputs = List.of();

    @Option(names = "--length", paramLabel = "NAME=N,N,...", description = {
            "Valid rows of each sample of an input, to count with; once for each input."})
    private List<String> lengths = List.of();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    @Override
    public Integer call() {
        SessionOptions options = SessionOptions.defaults().inputs(inputs.toArray(String[]::new))
                .without(layer.passesOff());
        Map<String, List<Integer>> rows = SampleLengths.parse(lengths);
        try (Model model = Model.load(layer.weights(), layer.model())) {
            spec.commandLine().getOut().print(model.explain(options, rows));
        }
        return 0;
    }
}
