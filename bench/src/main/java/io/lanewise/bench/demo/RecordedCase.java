package io.lanewise.bench.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.lanewise.Model;
import io.lanewise.ModelOptions;
import io.lanewise.bench.ExpectedAnswer;
import io.lanewise.bench.ExpectedOutput;
import io.lanewise.bench.LayerSizes;
import io.lanewise.bench.PaddedBatch;
import io.lanewise.bench.PaddedInput;
import io.lanewise.bench.RowLengths;
import io.lanewise.bench.SeededLayer;
import io.lanewise.layers.LayerKinds;
import io.lanewise.weights.Checkpoint;
import io.lanewise.weights.SafetensorsFile;
import io.lanewise.weights.TensorInfo;
import io.lanewise.weights.TensorType;

/**
 * A layer with its weights, a batch for it, and the answer that the published code gave in float64.
 *
 * @param name the kind of layer, and which recording of it
 * @param expected the answer; allowed is twice PyTorch's own error in float32, or 2e-6
 */
record RecordedCase(String name, Model model, PaddedBatch batch, ExpectedAnswer expected) implements AutoCloseable {

    private static final String TRUTH = ".f64";
    private static final String LENGTHS = "lengths";
    private static final String UNRECORDED = "crossover-transformer";

    /** Opens every case of a set of recordings, and of the one kind that was not recorded a seeded case of its size. */
    static List<RecordedCase> openAll(Path set, int samples, LayerSizes sizes) {
        List<RecordedCase> cases = new ArrayList<>();
        try (Stream<Path> folders = Files.list(set)) {
            folders.sorted().forEach(folder -> cases.add(open(folder)));
        } catch (IOException e) {
            throw new UncheckedIOException("recordings must be readable: folder=" + set, e);
        }
        cases.add(seeded(set, samples, sizes));
        return cases;
    }

    private static RecordedCase open(Path folder) {
        Path weights = folder.resolve("weights.safetensors");
        PaddedBatch batch = batch(folder.resolve("input.safetensors"));
        Model model = Files.exists(weights) ? Model.load(weights) : weightless(folder, batch);
        String set = folder.getParent().getFileName().toString();
        String variant = folder.getFileName().toString().substring(model.layer().length());
        String name = "%s (%s%s)".formatted(model.layer(), set, variant.replaceFirst("-", ", "));
        return new RecordedCase(name, model, batch, answer(folder.resolve("expected.safetensors")));
    }

    private static Model weightless(Path folder, PaddedBatch batch) {
        Checkpoint settings = Checkpoint.builder().metadata("layer", folder.getFileName().toString())
                .metadata("hidden", Integer.toString(batch.inputs().getFirst().features())).build();
        return Model.of(settings, ModelOptions.defaults());
    }

    private static RecordedCase seeded(Path set, int samples, LayerSizes sizes) {
        SeededLayer layer = new SeededLayer(LayerKinds.of(UNRECORDED), sizes);
        Model model = layer.model(1);
        PaddedBatch batch = layer.batch(samples, RowLengths.REAL, 2);
        return new RecordedCase(UNRECORDED + " (" + set.getFileName() + ", seeded)", model, batch,
                ExpectedAnswer.ofReference(model.graph(batch.names()), batch));
    }

    // ---------------------------------------------------------------- files

    private static PaddedBatch batch(Path path) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            return new PaddedBatch(file.tensors().stream().filter(tensor -> tensor.type() == TensorType.F32)
                    .map(tensor -> input(file, tensor)).toList());
        }
    }

    private static PaddedInput input(SafetensorsFile file, TensorInfo tensor) {
        String lengths = tensor.name().equals("input") ? LENGTHS : tensor.name() + "_" + LENGTHS;
        return new PaddedInput(tensor.name(), tensor.shape().get(1).intValue(), tensor.shape().get(2).intValue(),
                file.floats(tensor),
                file.find(lengths).map(found -> Arrays.stream(file.longs(found)).mapToInt(Math::toIntExact).toArray())
                        .orElse(new int[0]));
    }

    private static ExpectedAnswer answer(Path path) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            return new ExpectedAnswer(file.tensors().stream()
                    .filter(tensor -> !tensor.name().endsWith(TRUTH) && !tensor.name().equals("attention"))
                    .map(tensor -> output(file, tensor)).toList());
        }
    }

    private static ExpectedOutput output(SafetensorsFile file, TensorInfo tensor) {
        if (tensor.type() == TensorType.BOOL) {
            return ExpectedOutput.ofBits(tensor.name(), file.booleans(tensor));
        }
        double[] truth = file.doubles(file.find(tensor.name() + TRUTH).orElseThrow());
        return ExpectedOutput.ofNumbers(tensor.name(), truth, file.doubles(tensor));
    }

    @Override
    public void close() {
        model.close();
    }
}
