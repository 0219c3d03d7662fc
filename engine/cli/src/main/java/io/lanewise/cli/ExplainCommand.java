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

/** Shows how a layer or an encoder would be run. */
@Command(name = "explain", description = {
        "Shows how a layer or an encoder is run: as it is written, what each planner pass did, the final steps, and what they cost.",
        "",
        "Of an encoder's folder, what its texts are embedded, scored or labelled by is shown, unless --output asks for "
                + "something else.",
        ""}, footer = {"", "Examples, for two samples each:",
                "  lanewise explain co-attention.safetensors --length question=12,7 --length video=80,64",
                "  lanewise explain all-MiniLM-L6-v2 --length 128,30"})
final class ExplainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private LayerOptions layer;

    @Option(names = "--input", paramLabel = "NAME", split = ",", description = {
            "All inputs that will be given, where that is more than the required ones."})
    private List<String> inputs = List.of();

    @Option(names = "--output", paramLabel = "NAME", split = ",", description = {
            "The results that are asked for, where that is not the usual."})
    private List<String> outputs = List.of();

    @Mixin
    private WeightsOption weights;

    @Option(names = "--length", paramLabel = "[NAME=]N,N,...", description = {
            "Valid rows of each sample of an input, to count with; once for each input. Without a name, tokens of each text "
                    + "of an encoder."})
    private List<String> lengths = List.of();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    @Override
    public Integer call() {
        SessionOptions options = SessionOptions.defaults().inputs(inputs.toArray(String[]::new))
                .weights(weights.storage()).without(layer.passesOff());
        Map<String, List<Integer>> rows = SampleLengths.parse(lengths, layer.isFolder() ? "input_ids" : null);
        try (Model model = layer.open()) {
            spec.commandLine().getOut().print(model.explain(options.outputs(outputs(model)), rows));
        }
        return 0;
    }

    private String[] outputs(Model model) {
        return outputs.isEmpty() && layer.isFolder()
                ? new String[]{Answer.of(model).output()}
                : outputs.toArray(String[]::new);
    }
}
