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
import io.lanewise.tokenizers.Tokenizer;
import io.lanewise.weights.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws what a layer of HGA, or a layer of an encoder, attends to. */
@Command(name = "heatmap", description = {"Runs a layer and draws what one head of one sample attends to.", "",
        "Queries go down and keys go right, both counted from 0 as they are padded; padding is hatched. Layers of two streams "
                + "show both directions, side by side in the same colours.",
        "Of an encoder's folder, what the pieces of a text attend to in one head of one layer.",
        ""}, footer = {"", "Examples:",
                "  lanewise heatmap co-attention.safetensors input.safetensors -o attention.png --sample 1",
                "  lanewise heatmap hga.safetensors input.safetensors -o graph.png --map adjacency",
                "  lanewise heatmap all-MiniLM-L6-v2 \"The cat sat on the mat.\" --layer 2 --head 5 -o attention.png"})
final class HeatmapCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private LayerOptions layer;

    @Parameters(index = "1", paramLabel = "INPUT|TEXT", description = {
            "Inputs of the layer, as for run; or a text for an encoder."})
    private String input;

    @Option(names = {"-o", "--output"}, paramLabel = "PNG", required = true, description = {
            "Picture to write; replaced as a whole, or not at all if anything fails."})
    private Path output;

    @Option(names = "--sample", paramLabel = "N", defaultValue = "0", description = {
            "Sample of the batch, counted from 0; of candidates, five a sample; ${DEFAULT-VALUE} unless given."})
    private int sample;

    @Option(names = "--map", paramLabel = "NAME", split = ",", description = {
            "Which maps to draw, such as attention_q.0 or the stage adjacency, the graph that HGA learns between words and "
                    + "frames; all attention maps unless given."})
    private List<String> maps = List.of();

    @Option(names = "--head", paramLabel = "N", defaultValue = "0", description = {
            "Head, counted from 0; ${DEFAULT-VALUE} unless given."})
    private int head;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    @Override
    public Integer call() {
        String title = layer.isFolder() ? drawText() : drawInputs(Path.of(input));
        spec.commandLine().getOut().println(LanewiseException.shorten(
                "%s: drawn to %s".formatted(title, output), Integer.MAX_VALUE));
        return 0;
    }

    private String drawInputs(Path file) {
        OutputPath.require(output, layer.weights(), file);
        try (Model model = layer.open()) {
            Inputs inputs = Inputs.load(file);
            SessionOptions plain = FittingLimits.of(inputs, SessionOptions.defaults().without(layer.passesOff()));
            model.check(plain, inputs);
            AttentionMaps chosen = AttentionMaps.of(model, inputs, maps, sample, head);
            try (Session session = model.newSession(chosen.options(plain, model))) {
                draw(chosen.title(), chosen.read(session.run(inputs)));
            }
            return chosen.title();
        }
    }

    private String drawText() {
        OutputPath.require(output, layer.weights());
        Texts.requireReadable(input);
        int number = layer.number();
        if (!maps.isEmpty()) {
            throw new LanewiseException("a text has one map a layer and head: --map=" + maps);
        }
        if (sample != 0) {
            throw new LanewiseException("a text is the only sample: --sample=" + sample);
        }
        Tokenizer tokenizer = FolderTokenizer.load(layer.weights());
        try (Model model = Model.load(layer.weights())) {
            String title = "%s, layer %d, head %d".formatted(model.layer(), number, head);
            draw(title, List.of(new TextAttention(model, tokenizer, input).map(number, head,
                    SessionOptions.defaults().without(layer.passesOff()))));
            return title;
        }
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
