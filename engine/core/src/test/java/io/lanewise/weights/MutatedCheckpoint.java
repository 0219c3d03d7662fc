package io.lanewise.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;

/** The file of a checkpoint after a few mutations of its weights and settings; a good file still, of a strange layer. */
public final class MutatedCheckpoint {

    private static final String[] SETTINGS = {"layer", "hidden", "heads", "layers", "scale", "residual", "key_mask",
            "position", "max_len", "q_max_len", "v_max_len", "ffn", "unknown", "task", "fusion_type",
            "ablation", "tf_layers", "gcn_layers", "bidirectional", "rnn_cell", "chunks", "rank"};
    private static final String[] WORDS = {"0", "-1", "2", "3", "16777216", "2000000000", "2147483648", "1e400", "NaN",
            "none", "padding", "sinusoidal", "projected_query", "self-attention", "co-attention-stack", "padding-masks",
            "soft-knn", "", "Count", "FrameQA", "Trans", "coattn", "self_coattn", "global", "local", "hga", "lstm",
            "gcn"};
    private static final String[] PARTS = {".weight", ".weight_raw", ".bias", "linear_q", "linear_final",
            "encoder_layers.0.", "encoder_layers.1.", "encoder_layers.2.", "pos_embedding.position_encoding.weight"};
    private static final float[] EXTREMES = {0, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE,
            Float.MAX_VALUE, -Float.MAX_VALUE, 1e-20f};

    private static final TensorType[] PICKED = {TensorType.F32, TensorType.F16, TensorType.BF16, TensorType.F64,
            TensorType.I64, TensorType.I32, TensorType.BOOL, TensorType.U8, TensorType.F8_E4M3};

    private record Weight(String name, TensorType type, List<Long> shape) {}

    private final FuzzedDataProvider data;
    private final Map<String, String> settings;
    private final List<Weight> weights = new ArrayList<>();
    private final Map<String, float[]> values = new LinkedHashMap<>();
    private final int mutations;

    /** Mutates a checkpoint. */
    public MutatedCheckpoint(FuzzedDataProvider data, Checkpoint checkpoint) {
        this.data = data;
        this.settings = new LinkedHashMap<>(checkpoint.metadata());
        for (String name : checkpoint.names()) {
            Checkpoint.Entry entry = checkpoint.find(name).orElseThrow();
            weights.add(new Weight(name, entry.type(), entry.shape()));
            values.put(name, entry.floats().get());
        }
        this.mutations = data.consumeInt(0, 3);
        for (int i = 0; i < mutations; i++) {
            if (weights.isEmpty() || data.consumeBoolean()) {
                settings.put(data.pickValue(SETTINGS), setting());
            } else {
                mutate(data.consumeInt(0, weights.size() - 1));
            }
        }
    }

    /** Says whether the checkpoint is as it was. */
    public boolean isGood() {
        return mutations == 0;
    }

    /** Returns the file. */
    public byte[] bytes() {
        List<WriterEntry> entries = weights.stream().map(this::entry).sorted(WriterEntry.FILE_ORDER).toList();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            TensorStream.write(Channels.newChannel(bytes), HeaderWriter.bytes(settings, entries), entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private String setting() {
        return switch (data.consumeInt(0, 3)) {
            case 0 -> Integer.toString(data.consumeInt(-1, 9));
            case 1 -> Integer.toString(data.consumeInt());
            case 2 -> data.consumeString(20).replaceAll("\\p{Cs}", "?");
            default -> data.pickValue(WORDS);
        };
    }

    private void mutate(int which) {
        Weight weight = weights.get(which);
        switch (data.consumeInt(0, 5)) {
            case 0 -> weights.remove(which);
            case 1 -> put(which, new Weight(renamed(weight.name()), weight.type(), weight.shape()));
            case 2 -> put(which, new Weight(weight.name(), data.pickValue(PICKED), weight.shape()));
            case 3 -> put(which, new Weight(weight.name(), weight.type(), reshaped(weight.shape())));
            case 4 -> values.put(weight.name(), new float[]{data.pickValue(EXTREMES), data.consumeFloat()});
            default -> add(new Weight(renamed(weight.name()), weight.type(), weight.shape()));
        }
    }

    private void put(int which, Weight weight) {
        weights.remove(which);
        add(weight);
    }

    private void add(Weight weight) {
        weights.removeIf(other -> other.name().equals(weight.name()));
        weights.add(weight);
    }

    private String renamed(String name) {
        String part = data.pickValue(PARTS);
        return switch (data.consumeInt(0, 3)) {
            case 0 -> data.pickValue(weights).name();
            case 1 -> part + name;
            case 2 -> name.replaceAll("\\.[^.]*$", "") + part;
            default -> name.replaceAll("\\d+", data.consumeBoolean() ? "1" : "2");
        };
    }

    private List<Long> reshaped(List<Long> shape) {
        List<Long> sizes = new ArrayList<>(shape);
        if (sizes.isEmpty()) {
            return List.of(1L);
        }
        switch (data.consumeInt(0, 3)) {
            case 0 -> Collections.reverse(sizes);
            case 1 -> sizes.add(data.consumeInt(0, sizes.size()), 1L);
            case 2 -> sizes.set(data.consumeInt(0, sizes.size() - 1), data.consumeLong(0, 12));
            default -> sizes.removeLast();
        }
        return sizes;
    }

    /** The values as they were as far as they go, and over again. */
    private WriterEntry entry(Weight weight) {
        int bytes = (int) weight.type().bytesOf(weight.shape());
        float[] given = values.getOrDefault(weight.name(), new float[]{0.5f, -0.25f, 1, 0.125f, -2});
        float[] padded = new float[(bytes + Float.BYTES - 1) / Float.BYTES];
        for (int i = 0; i < padded.length; i++) {
            padded[i] = given[i % given.length];
        }
        MemorySegment data = MemorySegment.ofArray(padded).asSlice(0, bytes);
        return new WriterEntry(weight.name(), weight.type(), weight.shape(), bytes, () -> data,
                ByteOrder.nativeOrder());
    }
}
