package io.lanewise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.lanewise.graph.Length;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.plan.Plan;
import io.lanewise.plan.Slot;
import io.lanewise.plan.Step;
import io.lanewise.plan.Stream;
import io.lanewise.runtime.Limits;
import io.lanewise.runtime.RowMask;
import io.lanewise.runtime.TensorData;

/**
 * Checks the inputs of a run against a plan and a session's limits, once, before anything is computed; then holds what was
 * checked. Every executor stands behind the same door. Allocates nothing after it is made. Not thread-safe.
 */
final class Door {

    /** Stands for a session's workers where a confined arena is asked who may read it. */
    private static final Thread WORKER = Thread.ofPlatform().unstarted(() -> {});

    private final int threads;
    private final Limits limits;
    private final String[] names; // by the plan's order of inputs
    private final Slot[] slots;
    private final TensorData[] data;
    private final RowMask[] masks; // by stream
    private final int[] lengths;
    private final int[] maxPositions; // by stream; the rows of a position table less one, or no limit
    private final List<Stream> streams;
    private final int[] ends; // by input; more than every id, 0 where there are no ids

    Door(Plan plan, SessionOptions options) {
        this.threads = options.threads();
        this.limits = limits(plan, options);
        this.names = plan.inputs().keySet().toArray(String[]::new);
        this.slots = plan.inputs().values().toArray(Slot[]::new);
        this.data = new TensorData[names.length];
        this.masks = new RowMask[plan.streams().size()];
        this.lengths = new int[plan.streams().size()];
        this.maxPositions = plan.streams().stream().mapToInt(stream -> maxPositions(plan, stream)).toArray();
        this.streams = plan.streams();
        this.ends = plan.graph().inputs().stream()
                .mapToInt(input -> input.op() instanceof Op.Tokens tokens ? tokens.end() : 0).toArray();
    }

    private static Limits limits(Plan plan, SessionOptions options) {
        for (String name : options.maxLengths().keySet()) {
            if (!plan.inputs().containsKey(name)) {
                throw new LanewiseException(
                        "maxLength must name an input of " + plan.inputs().keySet() + ": input=" + name);
            }
        }
        Map<Length, Integer> lengths = new HashMap<>();
        List<Integer> maxLengths = new ArrayList<>();
        for (Stream stream : plan.streams()) {
            int most = stream.length().isDerived()
                    ? sum(stream.length().of(), lengths)
                    : Math.min(maxLength(plan, stream, options), maxPositions(plan, stream));
            lengths.put(stream.length(), most);
            maxLengths.add(most);
        }
        return Limits.of(plan, options.maxBatch(), maxLengths);
    }

    private static int sum(List<Length> parts, Map<Length, Integer> lengths) {
        int sum = 0;
        for (Length part : parts) {
            sum = Math.addExact(sum, lengths.get(part));
        }
        return sum;
    }

    /** Returns the longest length that is asked for with an input of the stream, the first that has one of its own. */
    private static int maxLength(Plan plan, Stream stream, SessionOptions options) {
        for (Map.Entry<String, Slot> input : plan.inputs().entrySet()) {
            if (input.getValue().stream() == stream && options.maxLengths().containsKey(input.getKey())) {
                return options.maxLengths().get(input.getKey());
            }
        }
        return options.maxLength();
    }

    private static int maxPositions(Plan plan, Stream stream) {
        if (stream.isRagged()) {
            return stream.isOne() ? 1 : plan.steps().stream().mapToInt(Step::longest).min().orElseThrow();
        }
        return stream.positions() == null
                ? Integer.MAX_VALUE
                : ((Shape.Matrix) stream.positions().shape()).rows() - 1;
    }

    /** Says whether these are the inputs that this door is for. */
    boolean takes(Inputs inputs) {
        for (String name : names) {
            if (inputs.find(name) == null) {
                return false;
            }
        }
        return inputs.size() == names.length;
    }

    /**
     * Checks the inputs of a run.
     *
     * @return the batch
     * @throws LanewiseException if an input is missing or does not fit the plan, the limits, the other inputs or the threads
     * @throws IllegalStateException if the memory of an input is freed
     */
    int check(Inputs inputs) {
        for (int stream = 0; stream < lengths.length; stream++) {
            lengths[stream] = streams.get(stream).isOne() ? 1 : -1;
        }
        Arrays.fill(masks, null);
        long batch = -1;
        for (int i = 0; i < names.length; i++) {
            Inputs.Entry entry = inputs.find(names[i]);
            if (entry == null) {
                throw new LanewiseException(
                        "the inputs must be %s: missing input %s".formatted(Arrays.toString(names), names[i]));
            }
            checkShape(entry, i, batch);
            batch = entry.tensor().size(0);
            checkPadding(entry, slots[i].stream());
            data[i] = entry.tensor().data();
        }
        takeSharedLengths(inputs, (int) batch);
        requireMemory();
        checkTokens((int) batch);
        checkTrimmed((int) batch);
        return (int) batch;
    }

    /** Takes the lengths that are told of a length by its own name, and not with the input that it comes from. */
    private void takeSharedLengths(Inputs inputs, int batch) {
        for (int i = 0; i < inputs.sharedLengths(); i++) {
            Inputs.Lengths shared = inputs.sharedLengths(i);
            Stream stream = told(shared.name());
            if (masks[stream.index()] != null) {
                throw new LanewiseException("lengths must be given once: %s and %s".formatted(shared.name(),
                        stream.source()));
            }
            checkLengths(shared.name(), shared.lengths(), batch, stream.sequences(), lengths[stream.index()]);
            masks[stream.index()] = shared.mask();
        }
    }

    private Stream told(String length) {
        for (int stream = 0; stream < streams.size(); stream++) {
            if (streams.get(stream).isTold() && streams.get(stream).length().name().equals(length)) {
                return streams.get(stream);
            }
        }
        throw new LanewiseException("lengths must belong to an input, or to one of the lengths %s: there is no %s"
                .formatted(streams.stream().filter(Stream::isTold).map(stream -> stream.length().name()).toList(),
                        LanewiseException.quote(length)));
    }

    /** Checks that every sequence has a row where nothing could be made of none. */
    private void checkTrimmed(int batch) {
        for (int index = 0; index < streams.size(); index++) {
            Stream stream = streams.get(index);
            if (stream.length().kind() == Length.Kind.TRIMMED && stream.isTold() && masks[index] != null) {
                for (int sequence = 0; sequence < batch * stream.sequences(); sequence++) {
                    requireRow(stream, sequence);
                }
            }
        }
    }

    private void requireRow(Stream stream, int sequence) {
        for (int row = 0; row < lengths[stream.index()]; row++) {
            if (!masks[stream.index()].isPadding(sequence, row)) {
                return;
            }
        }
        int each = stream.sequences();
        throw new LanewiseException("lengths must be at least 1: %s_lengths%s=0".formatted(stream.length(),
                each == 1 ? "[" + sequence + "]" : "[" + sequence / each + "][" + sequence % each + "]"));
    }

    /** Checks what only tokens can get wrong: which rows there are, and which ids. */
    private void checkTokens(int batch) {
        for (int i = 0; i < names.length; i++) {
            if (ends[i] > 0) {
                Stream stream = slots[i].stream();
                for (int sample = 0; sample < batch * stream.sequences(); sample++) {
                    if (names[i].equals(stream.source()) && stream.length().kind() == Length.Kind.RAGGED) {
                        checkRows(i, sample, masks[stream.index()], lengths[stream.index()]);
                    }
                    checkIds(i, sample, masks[stream.index()], lengths[stream.index()]);
                }
            }
        }
    }

    private void checkRows(int input, int sample, RowMask mask, int length) {
        int first = 0;
        while (mask != null && first < length && mask.isPadding(sample, first)) {
            first++;
        }
        if (first == length) {
            throw new LanewiseException("a sample must have at least one token that is no padding: input=%s, sample=%d"
                    .formatted(names[input], sample));
        }
        int end = length;
        while (mask != null && mask.isPadding(sample, end - 1)) {
            end--;
        }
        for (int row = first; row < end && mask != null; row++) {
            if (mask.isPadding(sample, row)) {
                throw new LanewiseException("padding must stand before or behind a sample's tokens: %s[%d][%d]"
                        .formatted(names[input], sample, row));
            }
        }
    }

    private void checkIds(int input, int sample, RowMask mask, int length) {
        for (int row = 0; row < length; row++) {
            int id = data[input].bits((long) sample * length + row);
            boolean isLegal = id >= 0 && id < ends[input];
            if (!isLegal && (mask == null || !mask.isPadding(sample, row))) {
                throw new LanewiseException("an id must be from 0 to %d: %s[%d][%d]=%d".formatted(ends[input] - 1,
                        names[input], sample, row, id));
            }
        }
    }

    /**
     * Checks that the session's threads can read the memory of the inputs. What says so now may be freed by another thread at any
     * time, which the JVM notices where it is read.
     */
    void requireMemory() {
        Thread other = threads > 1 ? WORKER : Thread.currentThread();
        for (int i = 0; i < names.length; i++) {
            if (!data[i].isThere()) {
                throw new IllegalStateException(
                        "an input must not be used after its memory is freed: input=" + names[i]);
            }
            if (!data[i].isReadableBy(Thread.currentThread()) || !data[i].isReadableBy(other)) {
                throw new LanewiseException(
                        "an input must be readable by all threads of the session, use a shared arena: input=%s, threads=%d"
                                .formatted(names[i], threads));
            }
        }
    }

    private void checkShape(Inputs.Entry entry, int input, long batch) {
        Tensor tensor = entry.tensor();
        Slot slot = slots[input];
        if (ends[input] > 0) {
            checkIds(entry, slot.stream());
        } else if (slot.keys() != null) {
            require(tensor.rank() == 3 && tensor.size(1) == tensor.size(2), entry, "[batch, length, length]", slot);
        } else if (slot.stream().isOne()) {
            require(tensor.rank() == 2 && tensor.size(1) == slot.layout().features(), entry, "[batch, %d]", slot);
        } else {
            require(tensor.rank() == 3 && tensor.size(2) == slot.layout().features(), entry, "[batch, length, %d]",
                    slot);
        }
        if (batch >= 0 && tensor.size(0) != batch) {
            throw new LanewiseException("inputs must have the same batch: %s is %s, batch=%d".formatted(entry.name(),
                    tensor.describe(), batch));
        }
        long length = length(tensor, slot.stream());
        int stream = slot.stream().index();
        if (lengths[stream] >= 0 && length != lengths[stream]) {
            throw new LanewiseException(
                    "input must be as long as %s: %s is %s, length=%d".formatted(slot.stream().length(),
                            entry.name(), tensor.describe(), lengths[stream]));
        }
        checkLimits(entry, slot.stream(), length);
        lengths[stream] = (int) length;
    }

    private static long length(Tensor tensor, Stream stream) {
        return stream.isOne() ? 1 : tensor.size(stream.sequences() == 1 ? 1 : 2);
    }

    /** Refuses what does not fit; the shape's text is made for a refusal alone, since requests allocate nothing. */
    private static void require(boolean fits, Inputs.Entry entry, String shape, Slot slot) {
        Tensor tensor = entry.tensor();
        if (!fits || tensor.isIds()) {
            throw new LanewiseException("input must be %s: %s is %s%s".formatted(
                    shape.formatted(slot.layout().features()), entry.name(),
                    tensor.isIds() ? "of ids, " : "", tensor.describe()));
        }
    }

    private static void checkIds(Inputs.Entry entry, Stream stream) {
        Tensor tensor = entry.tensor();
        int each = stream.sequences();
        boolean fits = each == 1 ? tensor.rank() == 2 : tensor.rank() == 3 && tensor.size(1) == each;
        if (!fits || !tensor.isIds()) {
            throw new LanewiseException("input must be ids [batch, %slength]: %s is %s%s".formatted(
                    each == 1 ? "" : each + ", ", entry.name(), tensor.isIds() ? "" : "of floats, ",
                    tensor.describe()));
        }
    }

    private void checkLimits(Inputs.Entry entry, Stream stream, long length) {
        Tensor tensor = entry.tensor();
        if (tensor.size(0) < 1 || length < 1) {
            throw new LanewiseException("input must have at least one sample and one row: %s is %s"
                    .formatted(entry.name(), tensor.describe()));
        }
        if (length > maxPositions[stream.index()]) {
            throw new LanewiseException("input must not be longer than its position table: %s is %s, max_len=%d"
                    .formatted(entry.name(), tensor.describe(), maxPositions[stream.index()]));
        }
        if (tensor.size(0) > limits.maxBatch()) {
            throw new LanewiseException("batch must not exceed the session's: %s is %s, maxBatch=%d"
                    .formatted(entry.name(), tensor.describe(), limits.maxBatch()));
        }
        if (length > limits.maxLength(stream)) {
            throw new LanewiseException("length must not exceed the session's: %s is %s, maxLength=%d"
                    .formatted(entry.name(), tensor.describe(), limits.maxLength(stream)));
        }
    }

    private void checkPadding(Inputs.Entry entry, Stream stream) {
        if (entry.mask() == null) {
            return;
        }
        if (!entry.name().equals(stream.source())) {
            throw new LanewiseException("padding must be given with the input that tells it: input=%s, give it with %s"
                    .formatted(entry.name(), stream.source()));
        }
        requirePaddingFits(entry, stream.sequences());
        masks[stream.index()] = entry.mask();
    }

    /** Checks what the caller said of an input's padding against its tensor, whose axes before the rows' count its sequences. */
    static void requirePaddingFits(Inputs.Entry entry, int sequences) {
        if (entry.lengths() != null) {
            Tensor tensor = entry.tensor();
            checkLengths(entry.name(), entry.lengths(), tensor.size(0), sequences,
                    tensor.size(sequences == 1 ? 1 : 2));
        } else if (entry.valid() != null) {
            checkMarks(entry);
        }
    }

    private static void checkLengths(String name, int[] lengths, long batch, int sequences, long padded) {
        if (lengths.length != batch * sequences) {
            throw new LanewiseException("lengths must be %s a sample: %s lengths=%d, batch=%d"
                    .formatted(sequences == 1 ? "one" : sequences, name, lengths.length, batch));
        }
        for (int sequence = 0; sequence < lengths.length; sequence++) {
            int length = lengths[sequence];
            if (length < 0) {
                throw new LanewiseException(
                        "lengths must not be negative: %s lengths[%d]=%d".formatted(name, sequence, length));
            }
            if (length > padded) {
                throw new LanewiseException(
                        "lengths must not exceed the padded length: %s lengths[%d]=%d, padded length=%d".formatted(name,
                                sequence, length, padded));
            }
        }
    }

    private static void checkMarks(Inputs.Entry entry) {
        boolean fits = entry.valid().length == entry.tensor().size(0);
        for (int sample = 0; sample < entry.valid().length && fits; sample++) {
            fits = entry.valid()[sample].length == entry.tensor().size(1);
        }
        if (!fits) {
            throw new LanewiseException("a row mask must be [batch][length]: input=%s, tensor=%s"
                    .formatted(entry.name(), entry.tensor().describe()));
        }
    }

    // ---------------------------------------------------------------- what was checked

    /** Returns the largest run that passes. */
    Limits limits() {
        return limits;
    }

    /** Says whether an input is of ids. */
    boolean isIds(int input) {
        return ends[input] > 0;
    }

    /** Returns the number after the largest id of an input of ids. */
    int idEnd(int input) {
        return ends[input];
    }

    /** Returns the inputs' names, in the plan's order. */
    String[] names() {
        return names;
    }

    /** Returns where the plan puts the inputs, in the order of their names. */
    Slot[] slots() {
        return slots;
    }

    /** Returns the tensors, in the order of their names. */
    TensorData[] data() {
        return data;
    }

    /** Returns the caller's word on padding by stream index, null where there is none. */
    RowMask[] masks() {
        return masks;
    }

    /** Returns the streams whose rows inputs tell. */
    List<Stream> told() {
        return streams.stream().filter(Stream::isTold).toList();
    }

    /** Returns the padded lengths by stream index. */
    int[] lengths() {
        return lengths;
    }
}
