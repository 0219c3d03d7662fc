package io.lanewise.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Shape;
import io.lanewise.memory.Rows;
import io.lanewise.plan.Plan;
import io.lanewise.plan.PlannedOutput;
import io.lanewise.plan.Slot;
import io.lanewise.plan.Stream;

/**
 * Runs a plan: finds the rows that matter, cuts the batch into groups of samples, and lets the workers take groups until none
 * is left. What a sample becomes depends on neither its group nor its worker. Allocates everything when it is made, except
 * what a second plan needs, which waits for the first sample that plan suits.
 */
public final class PlanExecutor implements AutoCloseable {

    private final Plan plan;
    private final Limits limits;
    private final float emptyAttention;
    private final List<StreamRows> streams = new ArrayList<>();
    private final List<RowScan> scans = new ArrayList<>();
    private final SequencedMap<String, OutputTensor> outputs = new LinkedHashMap<>();
    private final PlannedOutput[] planned; // the same results in the same order, for loops that must not allocate
    private final OutputTensor[] tensors;
    private final Worker[][] workers; // [plans, threads]; those of the second plan are made when a sample needs them
    private final Supplier<PreparedPlan> secondPlan;
    private final int[] inputOfStream; // by stream index, the input that tells its padding
    private final BatchCut cut;
    private final AtomicInteger nextGroup = new AtomicInteger();
    private final WorkerPool pool;
    private final WorkerPool.Job job = this::takeGroups;
    private TensorData[] data;

    /**
     * Prepares a plan to run up to the limits on some threads, the caller's included.
     *
     * @param first the plan for samples whose lengths are in the order in which the layer names them
     * @param second the plan for the others, asked for when such a sample comes; null where one plan suits all
     */
    public PlanExecutor(PreparedPlan first, Supplier<PreparedPlan> second, Limits limits, int threads,
            float emptyAttention) {
        this.plan = first.plan();
        this.limits = limits;
        this.emptyAttention = emptyAttention;
        this.inputOfStream = new int[plan.streams().size()];
        this.workers = new Worker[2][threads];
        plan.outputs().forEach((name, output) -> outputs.put(name, new OutputTensor(name, elementBytes(output))));
        this.planned = plan.outputs().values().toArray(PlannedOutput[]::new);
        this.tensors = outputs.values().toArray(OutputTensor[]::new);
        this.secondPlan = second;
        try {
            for (Stream stream : plan.streams()) {
                addStream(stream, first.constants());
            }
            this.cut = new BatchCut(streams, limits, second == null ? null : plan.order());
            bind(0, first);
            this.pool = new WorkerPool(threads - 1);
        } catch (Throwable tooMuch) {
            close(); // what there is already
            throw tooMuch;
        }
    }

    private void bind(int which, PreparedPlan prepared) {
        for (int i = 0; i < workers[which].length; i++) {
            Workspace workspace = new Workspace(prepared.plan(), prepared.constants(), limits, outputs, emptyAttention);
            workers[which][i] = new Worker(prepared.plan(), workspace, streams, limits, outputs);
        }
    }

    private void addStream(Stream stream, PackedConstants constants) {
        Slot slot = plan.inputs().get(stream.source());
        StreamRows rows = new StreamRows(stream, limits);
        Rows table = stream.positions() == null ? null : constants.table(stream.positions(), slot.layout());
        streams.add(rows);
        scans.add(new RowScan(rows, limits.maxLength(stream), slot.layout().features(), slot.layout().width(),
                plan.kernels(), table));
        inputOfStream[stream.index()] = List.copyOf(plan.inputs().keySet()).indexOf(stream.source());
    }

    private static int elementBytes(PlannedOutput output) {
        return output instanceof PlannedOutput.PairBitsOutput ? 1 : Float.BYTES;
    }

    /** Returns the bytes that the workspaces of an executor take, before it is made. */
    public static long workspaceBytes(Plan plan, Limits limits, int threads) {
        return Math.multiplyExact(Workspace.bytes(plan, limits), (long) threads);
    }

    /**
     * Runs the plan.
     *
     * @param batch samples, within the limits
     * @param lengths padded lengths by stream index, within the limits
     * @param data in the order of the plan's inputs
     * @param masks the caller's word on padding by stream index; null where the row-sum rule decides
     */
    public void run(int batch, int[] lengths, TensorData[] data, RowMask[] masks) {
        this.data = data;
        try {
            scan(batch, lengths, masks);
            shapeOutputs(batch);
            cutGroups(batch);
            nextGroup.set(0);
            if (cut.groups() > 1) {
                pool.run(job);
            } else {
                takeGroups(0); // waking others for one group costs more than it takes
            }
            writePairBits();
        } finally {
            this.data = null;
        }
    }

    private void scan(int batch, int[] lengths, RowMask[] masks) {
        for (int stream = 0; stream < lengths.length; stream++) {
            streams.get(stream).begin(batch, lengths[stream]);
            scans.get(stream).run(data[inputOfStream[stream]], masks[stream]);
        }
    }

    private void cutGroups(int batch) {
        cut.run(batch);
        if (cut.needsSecondPlan(batch) && workers[1][0] == null) {
            bind(1, secondPlan.get());
        }
    }

    private void takeGroups(int worker) {
        for (int g = nextGroup.getAndIncrement(); g < cut.groups(); g = nextGroup.getAndIncrement()) {
            workers[cut.plan(g)][worker].run(cut.order(), cut.start(g), cut.samples(g), data);
        }
    }

    private void shapeOutputs(int batch) {
        for (int i = 0; i < planned.length; i++) {
            shape(planned[i], tensors[i], batch);
        }
    }

    private void shape(PlannedOutput output, OutputTensor tensor, int batch) {
        switch (output) {
            case PlannedOutput.RowsOutput rows ->
                tensor.shape(batch, length(rows.slot().stream()), rows.shape().features());
            case PlannedOutput.AttentionOutput map -> {
                shapeAttention(map.shape(), tensor, batch, length(map.queries()), length(map.keys()));
                tensor.clear();
            }
            case PlannedOutput.PairBitsOutput bits -> tensor.shape(batch, length(bits.queries()), length(bits.keys()));
        }
    }

    private static void shapeAttention(Shape.Pairs shape, OutputTensor tensor, int batch, int queries, int keys) {
        if (shape.split() == HeadSplit.RESHAPED) {
            tensor.shape((long) batch * shape.heads(), queries, keys);
        } else if (shape.heads() > 1) {
            tensor.shape(batch, shape.heads(), queries, keys);
        } else {
            tensor.shape(batch, queries, keys);
        }
    }

    private int length(Stream stream) {
        return streams.get(stream.index()).length();
    }

    private void writePairBits() {
        for (int i = 0; i < planned.length; i++) {
            if (planned[i] instanceof PlannedOutput.PairBitsOutput bits) {
                writePairBits(bits, tensors[i].memory());
            }
        }
    }

    private void writePairBits(PlannedOutput.PairBitsOutput bits, MemorySegment to) {
        StreamRows queries = streams.get(bits.queries().index());
        StreamRows keys = streams.get(bits.keys().index());
        long cell = 0;
        for (int sample = 0; sample < queries.batch(); sample++) {
            for (int query = 0; query < queries.length(); query++) {
                for (int key = 0; key < keys.length(); key++) {
                    boolean padding = bits.ofKeys() ? keys.isPadding(sample, key) : queries.isPadding(sample, query);
                    to.set(ValueLayout.JAVA_BYTE, cell++, (byte) (padding ? 1 : 0));
                }
            }
        }
    }

    /** Returns the results by name; their memory is this executor's and the next run writes it again. */
    public SequencedMap<String, OutputTensor> outputs() {
        return outputs;
    }

    /** Says whether memory overlaps with an output. */
    public boolean overlapsOutput(TensorData tensor) {
        for (OutputTensor output : tensors) {
            if (output.overlaps(tensor.address(), tensor.bytes())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Frees the results; the next run would allocate them anew.
     *
     * @throws IllegalStateException if another thread is at work on one of them
     */
    public void freeOutputs() {
        outputs.values().forEach(OutputTensor::close);
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
        }
        for (Worker[] ofPlan : workers) {
            for (Worker worker : ofPlan) {
                if (worker != null) {
                    worker.close();
                }
            }
        }
        scans.forEach(RowScan::close);
        freeOutputs();
    }
}
