package io.lanewise.cli;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import io.lanewise.Inputs;
import io.lanewise.LanewiseException;
import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.weights.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws what a layer attends to. */
@Command(name = "heatmap", description = {"Runs a layer and draws what one head of one sample attends to.", "",
        "Queries go down and keys go right, both counted from 0 as they are padded; padding is hatched. Layers of two streams "
                + "show both directions, side by side in the same colours.",
        ""}, footer = {"", "Example:",
                "  lanewise heatmap co-attention.safetensors input.safetensors -o attention.png --sample 1"})
final class HeatmapCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private LayerOptions layer;

    @Parameters(index = "1", paramLabel = "INPUT", description = "Inputs of the layer, as for run.")
    private Path input;

    @Option(names = {"-o", "--output"}, paramLabel = "PNG", required = true, description = {
            "Picture to write; replaced as a whole, or not at all if anything fails."})
    private Path output;

    @Option(names = "--sample", paramLabel = "N", defaultValue = "0", description = {
            "Sample of the batch, counted from 0; ${DEFAULT-VALUE} unless given."})
    private int sample;

    @Option(names = "--head", paramLabel = "N", defaultValue = "0", description = {
            "Head, counted from 0; ${DEFAULT-VALUE} unless given."})
    private int head;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    @Override
    public Integer call() {
        OutputPath.require(output, layer.weights(), input);
        try (Model model = Model.load(layer.weights(), layer.model())) {
            Inputs inputs = Inputs.load(input);
            SessionOptions options = FittingLimits.of(inputs,
                    SessionOptions.defaults().attention(true).without(layer.passesOff()));
            model.check(options, inputs);
            AttentionMaps maps = AttentionMaps.of(model, inputs, sample, head);
            try (Session session = model.newSession(options)) {
                draw(maps.title(), maps.read(session.run(inputs)));
            }
            spec.commandLine().getOut().println(LanewiseException.shorten(
                    "%s: drawn to %s".formatted(maps.title(), output), Integer.MAX_VALUE));
        }
        return 0;
    }

    private void draw(String title, List<AttentionMap> maps) {
        byte[] png;
        try {
            png = HeatmapPicture.png(title, maps);
        } catch (LinkageError | InternalError e) {
            throw new LanewiseException(
                    "a picture needs XChart, which lanewise.jar has, and a Java with java.desktop and fonts: " + e, e);
        }
        new AtomicFile(output).write(out -> out.write(ByteBuffer.wrap(png)));
    }
}
