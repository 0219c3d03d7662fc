package io.lanewise.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.lanewise.graph.Length;
import io.lanewise.memory.Block;
import io.lanewise.memory.Rows;
import io.lanewise.plan.Plan;
import io.lanewise.plan.PlannedOutput;
import io.lanewise.plan.Slot;
import io.lanewise.plan.Stream;

/**
 * Runs a plan: finds the rows that matter, cuts the batch into groups of samples, and lets the workers take groups until none
 * is left; with fewer groups than workers, all work on one group after the other, if it is large enough. What a sample
 * becomes depends on neither its group nor its worker. Allocates everything when it is made.
 */
public final class PlanExecutor implements AutoCloseable {

    private final Plan plan;
    private final Limits limits;
    private final List<StreamRows> streams = new ArrayList<>();
    private final Map<Integer, RowScan> scans = new HashMap<>(); // by stream index; of streams whose rows tell their padding
    private final SequencedMap<String, OutputTensor> outputs = new LinkedHashMap<>();
    private final PlannedOutput[] planned; // the same results in the same order, for loops that must not allocate
    private final OutputTensor[] tensors;
    private final Block[] blocks; // by thread; the plans take turns in them
    private final PlanWorkers[] workers; // by plan
    private final int[] inputOfStream; // by stream index, the input that tells its padding
    private final BatchCut cut;
    private final AtomicInteger nextGroup = new AtomicInteger();
    private final WorkerPool pool;
    private final WorkerPool.Job takeGroups = this::takeGroups;
    private final WorkerPool.Job joinIn = this::joinIn;
    private TensorData[] data;
    private int jointGroup;

    /**
     * Prepares plans to run up to the limits on some threads, the caller's included.
     *
     * @param plans the plan for samples whose lengths are in the order in which the layer names them, then, where one plan
     *        does not suit all, the plan for the others
     */
    public PlanExecutor(List<PreparedPlan> plans, Limits limits, int threads, float emptyAttention) {
        PreparedPlan first = plans.getFirst();
        this.plan = first.plan();
        this.limits = limits;
        this.inputOfStream = new int[plan.streams().size()];
        plan.outputs().forEach((name, output) -> outputs.put(name, new OutputTensor(name, elementBytes(output))));
        this.planned = plan.outputs().values().toArray(PlannedOutput[]::new);
        this.tensors = outputs.values().toArray(OutputTensor[]::new);
        this.blocks = new Block[threads];
        try {
            for (Stream stream : plan.streams()) {
                addStream(stream, first.constants());
            }
            this.cut = new BatchCut(streams, limits, plans.size() == 1 ? null : plan.order());
            long bytes = workspaceBytes(plans.stream().map(PreparedPlan::plan).toList(), limits);
            for (int thread = 0; thread < threads; thread++) {
                blocks[thread] = new Block(bytes);
            }
            this.workers = plans.stream()
                    .map(prepared -> new PlanWorkers(prepared, limits, streams, outputs, emptyAttention, blocks))
                    .toArray(PlanWorkers[]::new);
            this.pool = new WorkerPool(threads - 1);
        } catch (Throwable tooMuch) {
            close(); // what there is already
            throw tooMuch;
        }
    }

    private void addStream(Stream stream, PackedConstants constants) {
        StreamRows rows = new StreamRows(stream, limits,
                stream.length().of().stream().map(length -> rowsOf(length)).toList());
        inputOfStream[stream.index()] = List.copyOf(plan.inputs().keySet()).indexOf(stream.source());
        if (stream.isRagged()) {
            streams.add(rows);
            return;
        }
        Slot slot = plan.inputs().get(stream.source());
        Rows table = stream.positions() == null ? null : constants.table(stream.positions(), slot.layout());
        streams.add(rows);
        scans.put(stream.index(),
                new RowScan(rows, limits.maxLength(stream), slot.layout().features(), slot.layout().width(),
                        plan.kernels(), table));
    }

    private StreamRows rowsOf(Length length) {
        return streams.stream().filter(rows -> rows.stream().length().equals(length)).findFirst().orElseThrow();
    }

    private static int elementBytes(PlannedOutput output) {
        return switch (output) {
            case PlannedOutput.PairBitsOutput _ -> Byte.BYTES;
            case PlannedOutput.ChoicesOutput _ -> Long.BYTES;
            default -> Float.BYTES;
        };
    }

    /** Returns the bytes of one thread's workspace in which these plans take turns, before there is one. */
    public static long workspaceBytes(List<Plan> plans, Limits limits) {
        return plans.stream().mapToLong(plan -> WorkspaceLayout.of(plan, limits).bytes()).max().orElse(0);
    }

    /** Returns the bytes of all workspaces. */
    public long workspaceBytes() {
        return Arrays.stream(blocks).mapToLong(Block::bytes).sum();
    }

    /** Has the workspaces laid on huge pages, where there are any. May be called beside runs, and beside {@link #close}. */
    public void layOnHugePages() {
        for (Block block : blocks) {
            block.layOnHugePages();
        }
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
            cut.run(batch);
            runGroups();
            writePairBits();
        } finally {
            this.data = null;
        }
    }

    private void scan(int batch, int[] lengths, RowMask[] masks) {
        for (int stream = 0; stream < lengths.length; stream++) {
            StreamRows rows = streams.get(stream);
            if (rows.stream().length().isDerived()) {
                rows.derive(batch); // of streams before it
                continue;
            }
            rows.begin(batch, lengths[stream]);
            if (rows.stream().isRagged()) {
                rows.takeRagged(masks[stream]);
            } else {
                scans.get(stream).run(data[inputOfStream[stream]], masks[stream]);
            }
            if (rows.stream().length().kind() == Length.Kind.TRIMMED) {
                rows.trim();
            }
        }
    }

    private void runGroups() {
        nextGroup.set(0);
        if (cut.groups() >= blocks.length && blocks.length > 1) {
            pool.run(takeGroups);
            return;
        }
        for (int g = 0; g < cut.groups(); g++) {
            PlanWorkers ofPlan = workers[cut.plan(g)];
            if (ofPlan.isWorthSharing(cut, g)) {
                jointGroup = g;
                for (Block block : blocks) {
                    block.forget();
                }
                ofPlan.joint().begin();
                pool.run(joinIn);
            } else {
                blocks[0].forget();
                ofPlan.worker(0).run(cut.order(), cut.start(g), cut.samples(g), data);
            }
        }
    }

    private void takeGroups(int thread) {
        for (int g = nextGroup.getAndIncrement(); g < cut.groups(); g = nextGroup.getAndIncrement()) {
            blocks[thread].forget(); // no group needs what the last one left
            workers[cut.plan(g)].worker(thread).run(cut.order(), cut.start(g), cut.samples(g), data);
        }
    }

    private void joinIn(int thread) {
        PlanWorkers ofPlan = workers[cut.plan(jointGroup)];
        Worker worker = ofPlan.jointWorker(thread);
        worker.take(cut.order(), cut.start(jointGroup), cut.samples(jointGroup));
        if (thread == 0) {
            ofPlan.joint().lead(worker, data);
        } else {
            ofPlan.joint().help(worker);
        }
    }

    /** Makes room for the results of the largest run, so that none needs more. */
    public void reserveOutputs() {
        for (Stream stream : plan.streams()) {
            streams.get(stream.index()).begin(limits.maxBatch(), limits.maxLength(stream));
        }
        shapeOutputs(limits.maxBatch());
    }

    private void shapeOutputs(int batch) {
        for (int i = 0; i < planned.length; i++) {
            shape(planned[i], tensors[i], batch);
        }
    }

    private void shape(PlannedOutput output, OutputTensor tensor, int batch) {
        switch (output) {
            case PlannedOutput.RowsOutput rows ->
                tensor.shapeRows(batch, rows.shape(), length(rows.slot().stream()));
            case PlannedOutput.NumbersOutput numbers -> tensor.shapeNumbers(batch, numbers.shape());
            case PlannedOutput.StackedOutput parts ->
                tensor.shape(parts.shape().parts(), batch, parts.shape().features());
            case PlannedOutput.ChoicesOutput _ -> tensor.shape(batch);
            case PlannedOutput.AttentionOutput map -> {
                tensor.shapePairs(batch, map.shape(), length(map.queries()), length(map.keys()));
                tensor.clear();
            }
            case PlannedOutput.PairBitsOutput bits -> tensor.shape(batch, length(bits.queries()), length(bits.keys()));
        }
    }

    private int length(Stream stream) {
        return streams.get(stream.index()).shown();
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
        for (Block block : blocks) {
            if (block != null) {
                block.close();
            }
        }
        scans.values().forEach(RowScan::close);
        freeOutputs();
    }
}
