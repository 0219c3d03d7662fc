package io.lanewise.importers;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

import io.lanewise.LanewiseException;
import io.lanewise.importers.torch.TorchFile;

/**
 * Imports tensors from files that PyTorch saved: {@code .bin}, {@code .pth} and {@code .pt}, state dicts and whole modules, in the
 * zip format and the one before it. What the pickle in such a file asks to call is never called.
 */
public final class TorchImporter {

    private TorchImporter() {}

    /** Says whether a file begins as those that PyTorch saves. */
    public static boolean reads(Path file) {
        return TorchFile.isOne(file);
    }

    /**
     * Opens a file; it is read as long as the model is open.
     *
     * @throws LanewiseException if it is unreadable, is none of PyTorch's, or asks for anything but tensors; the message names what
     *         it asks for
     */
    public static ImportedModel read(Path path) {
        TorchFile file = TorchFile.open(path);
        SequencedMap<String, ImportedTensor> tensors = new LinkedHashMap<>();
        file.tensors().forEach((name, tensor) -> tensors.put(name, new ImportedTensor(TorchFile.type(tensor),
                Arrays.stream(tensor.size()).boxed().toList(), () -> file.read(tensor))));
        return new ImportedModel(path, Map.of(), file.settings(), tensors, null, false, file::close);
    }
}
