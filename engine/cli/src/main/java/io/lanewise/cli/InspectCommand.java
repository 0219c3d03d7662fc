package io.lanewise.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a file or a folder holds. */
@Command(name = "inspect", description = {
        "Shows what a safetensors file holds: metadata, and type, shape and size of every tensor; of a layer's also which "
                + "weights it does not need.",
        "Of a model's folder: architecture, task, sizes, what comes behind the encoder, limits, prompts, labels, and "
                + "tensors. Nothing is computed, and nothing refused that is not needed for showing it.",
        "Of an ONNX file or one of PyTorch's: what it would be imported as.",
        ""}, footer = {"", "Examples:", "  lanewise inspect co-attention.safetensors",
                "  lanewise inspect all-MiniLM-L6-v2", "  lanewise inspect model.onnx"})
final class InspectCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FOLDER|FILE", description = {
            "A model's folder, a file of weights, inputs or outputs, or an ONNX, .bin, .pth or .pt file."})
    private Path path;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    @Override
    public Integer call() {
        ForeignFile foreign = new ForeignFile(path);
        boolean isFolder = Files.isDirectory(path);
        if (!isFolder && foreign.isOne()) {
            new ForeignListing(spec.commandLine().getOut()).print(path);
        } else if (isFolder) {
            new FolderListing(path, spec.commandLine().getOut()).print();
        } else {
            new FileListing(spec.commandLine().getOut()).print(path);
        }
        return 0;
    }
}
