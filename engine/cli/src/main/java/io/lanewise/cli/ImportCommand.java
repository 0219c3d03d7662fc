package io.lanewise.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import io.lanewise.LanewiseException;
import io.lanewise.Model;
import io.lanewise.importers.ImportOptions;
import io.lanewise.importers.ImportedModel;
import io.lanewise.importers.Pooling;
import io.lanewise.layers.LayerKinds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a model's folder, or a file of tensors, of a file from elsewhere. */
@Command(name = "import", description = {
        "Makes a model's folder of an ONNX file or of PyTorch's weights (.bin, .pth, .pt). "
                + "Files that belong to the model are taken from beside the file, or from the folder above an onnx folder.",
        ""}, footer = {"", "Examples:",
                "  lanewise import model.onnx -o all-MiniLM-L6-v2 --pooling mean --normalize",
                "  lanewise import all-MiniLM-L6-v2/pytorch_model.bin -o converted",
                "  lanewise import hga.pth -o hga.safetensors --set task=Count"})
final class ImportCommand implements Callable<Integer> {

    private static final String TENSORS = ".safetensors";

    private static final String LAYER = "layer";
    private static final String HGA = "hga";

    /** What an hga's tensors do not show, and a state dict does not say. */
    private static final List<String> UNSEEN = List.of("task", "fusion_type", "ablation");

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = {
            "An ONNX file, one that PyTorch saved, an index of such files, or a folder that has either."})
    private Path path;

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "FOLDER|FILE.safetensors", description = {
            "A folder that is not there yet or is empty; or a file, for the tensors alone."})
    private Path output;

    @Option(names = "--tokenizer", paramLabel = "FILE", description = {
            "A tokenizer.json for the folder; without, the one beside the file."})
    private Path tokenizer;

    @Option(names = "--pooling", paramLabel = "HOW", description = {
            "How rows become a sentence's vector: mean, cls, max, mean_sqrt_len_tokens, weightedmean, lasttoken, or for "
                    + "sparse vectors splade, splade-sum. Without, what the graph or a modules.json beside it says."})
    private String pooling;

    @Option(names = "--normalize", negatable = true, description = {
            "Make a sentence's vector one of length 1, or leave it as it is. Without, what the graph or a modules.json "
                    + "beside it says."})
    private Boolean normalize;

    @Option(names = "--layer", paramLabel = "KIND", description = {
            "For a file of tensors: the kind of layer that they are, such as co-attention; an hga is known by its names."})
    private String kind;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = {
            "For a file of tensors: a setting of the layer that they do not show, such as task=Count, for its metadata."})
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    @Override
    public Integer call() {
        ImportOptions options = new ImportOptions(pooling, normalize, tokenizer);
        boolean isTensors = output.toString().endsWith(TENSORS);
        if (isTensors) {
            OutputPath.require(output, path);
            requireNone(options);
        } else if (kind != null || !settings.isEmpty()) {
            throw new LanewiseException("--layer and --set must come with a file of tensors: output=" + output);
        }
        Map<String, String> metadata = metadata();
        try (ImportedModel model = new ForeignFile(path).open()) {
            write(model, options, isTensors, metadata);
        }
        return 0;
    }

    private Map<String, String> metadata() {
        LayerOptions.requireKnown(settings);
        Map<String, String> metadata = new LinkedHashMap<>(settings);
        if (kind != null) {
            metadata.put(LAYER, LayerKinds.of(kind).name());
        }
        return metadata;
    }

    private void requireNone(ImportOptions options) {
        if (!options.equals(ImportOptions.defaults())) {
            throw new LanewiseException(
                    "--tokenizer, --pooling and --normalize must come with a folder: output=" + output);
        }
    }

    private void write(ImportedModel model, ImportOptions options, boolean isTensors, Map<String, String> metadata) {
        PrintWriter out = spec.commandLine().getOut();
        Pooling found = isTensors ? null : model.pooling(options).orElse(null);
        out.println(summary(model));
        out.flush();
        try (Progress progress = new Progress(spec.commandLine().getErr(), "tensors", model.bytes(), false)) {
            int[] tensors = {0};
            if (isTensors) {
                model.writeTensors(output, metadata, bytes -> progress.advanceTo(bytes, tensors[0]++));
            } else {
                model.writeFolder(output, options, bytes -> progress.advanceTo(bytes, tensors[0]++));
            }
        }
        if (found != null) {
            out.println("pooling: " + ForeignFile.describe(found));
        }
        out.println("wrote: " + LanewiseException.shorten(output.toString(), Integer.MAX_VALUE));
        if (isTensors) {
            sayUnfinished(model, metadata);
        }
        if (found != null && found.source() == Pooling.Source.ASSUMED) {
            spec.commandLine().getErr().println("lanewise: neither the file nor a modules.json beside it says how rows "
                    + "become a sentence's vector: %s was assumed, %s; import anew with --pooling cls, for example, or "
                            .formatted(found.mode(), found.normalizes() ? "normalized" : "not normalized")
                    + "--normalize if the model was trained otherwise");
        }
    }

    /** Says what stands between a file whose kind of layer is known and its run. */
    private void sayUnfinished(ImportedModel model, Map<String, String> metadata) {
        Map<String, String> known = new LinkedHashMap<>(model.metadata());
        known.putAll(metadata);
        List<String> unseen = UNSEEN.stream().filter(name -> !known.containsKey(name)).toList();
        PrintWriter err = spec.commandLine().getErr();
        if (HGA.equals(known.get(LAYER)) && !unseen.isEmpty()) {
            err.println(
                    "lanewise: an hga's tensors do not show its %s: say so with --set, such as --set task=Count, here or to run; "
                            .formatted(String.join(", ", unseen))
                            + "fusion_type is coattn otherwise, and ablation none");
        } else if (known.containsKey(LAYER)) {
            try (Model loaded = Model.load(output)) {
                spec.commandLine().getOut().println("layer: " + loaded.layer());
            } catch (LanewiseException refused) {
                err.println("lanewise: written, but not a layer that can be run: " + refused.getMessage());
            }
        }
    }

    private static String summary(ImportedModel model) {
        String type = model.config().map(config -> config.get("model_type").text() + ", ").orElse("");
        return String.format(Locale.ROOT, "read: %s%d tensors, %,d bytes%s", type, model.tensors().size(),
                model.bytes(), model.isQuantized() ? ", from whole numbers: activations are not quantized" : "");
    }
}
