package io.lanewise.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.lanewise.LanewiseException;
import io.lanewise.importers.ImportedModel;
import io.lanewise.importers.OnnxImporter;
import io.lanewise.importers.Pooling;
import io.lanewise.importers.TorchImporter;

/**
 * A file that others wrote: ONNX, or PyTorch's.
 *
 * @param path the file, or a folder that has PyTorch's weights
 */
record ForeignFile(Path path) {

    private static final List<String> TORCH = List.of(".bin", ".pth", ".pt");
    private static final String ONNX = ".onnx";

    /** Says whether it is one by its name or by how it begins. */
    boolean isOne() {
        return isNamed(ONNX) || isTorch();
    }

    /**
     * Opens it; what is none of PyTorch's is taken for ONNX.
     *
     * @throws LanewiseException if it is unreadable, or asks for what is not known
     */
    ImportedModel open() {
        return isTorch() ? TorchImporter.read(path) : OnnxImporter.read(path);
    }

    /** What is called so is most likely one that PyTorch saved, even if it is not as it was. */
    boolean isTorch() {
        return !isNamed(ONNX) && (TorchImporter.reads(path) || TORCH.stream().anyMatch(this::isNamed));
    }

    private boolean isNamed(String ending) {
        return path.getFileName() != null
                && path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }

    /** Says in words how sentences are pooled. */
    static String describe(Pooling pooling) {
        String source = switch (pooling.source()) {
            case OPTION -> "as asked";
            case GRAPH -> "by the graph";
            case FILES -> "by the files beside it";
            case ASSUMED -> "assumed";
        };
        return "%s, %s, %s".formatted(pooling.mode(), pooling.normalizes() ? "normalized" : "not normalized", source);
    }
}
