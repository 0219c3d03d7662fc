package io.lanewise.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

import io.lanewise.LanewiseException;
import io.lanewise.importers.ImportedModel;
import io.lanewise.importers.OnnxImporter;
import io.lanewise.importers.TorchImporter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a model's folder, or a file of tensors, of a file from elsewhere. */
@Command(name = "import", description = {
        "Makes a model's folder of an ONNX file or of PyTorch's weights (.bin, .pth, .pt). "
                + "Files that belong to the model are taken from beside the file.",
        ""}, footer = {"", "Examples:",
                "  lanewise import model.onnx -o all-MiniLM-L6-v2 --tokenizer tokenizer.json",
                "  lanewise import all-MiniLM-L6-v2/pytorch_model.bin -o converted",
                "  lanewise import hga.pth -o hga.safetensors"})
final class ImportCommand implements Callable<Integer> {

    private static final String TENSORS = ".safetensors";

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "An ONNX file, or one that PyTorch saved.")
    private Path path;

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "FOLDER|FILE.safetensors", description = {
            "A folder that is not there yet or is empty; or a file, for the tensors alone."})
    private Path output;

    @Option(names = "--tokenizer", paramLabel = "FILE", description = {
            "A tokenizer.json for the folder; without, the one beside the file."})
    private Path tokenizer;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    @Override
    public Integer call() {
        boolean isTensors = output.toString().endsWith(TENSORS);
        if (isTensors) {
            OutputPath.require(output, path);
        }
        if (isTensors && tokenizer != null) {
            throw new LanewiseException("--tokenizer must come with a folder: output=" + output);
        }
        PrintWriter out = spec.commandLine().getOut();
        try (ImportedModel model = TorchImporter.reads(path) ? TorchImporter.read(path) : read()) {
            out.println(summary(model));
            out.flush();
            if (isTensors) {
                model.writeTensors(output);
            } else {
                model.writeFolder(output, tokenizer);
            }
        }
        out.println("wrote: " + LanewiseException.shorten(output.toString(), Integer.MAX_VALUE));
        return 0;
    }

    /** What is no ONNX file by its name is most likely one that PyTorch saved, and is not as it was. */
    private ImportedModel read() {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".bin") || name.endsWith(".pth") || name.endsWith(".pt")
                ? TorchImporter.read(path)
                : OnnxImporter.read(path);
    }

    private static String summary(ImportedModel model) {
        long bytes = model.tensors().values().stream()
                .mapToLong(tensor -> tensor.shape().stream().reduce(1L, (a, b) -> a * b) * tensor.type().bytes()).sum();
        String type = model.config().map(config -> config.get("model_type").text() + ", ").orElse("");
        return String.format(Locale.ROOT, "read: %s%d tensors, %,d bytes%s", type, model.tensors().size(), bytes,
                model.isQuantized() ? ", from whole numbers" : "");
    }
}
