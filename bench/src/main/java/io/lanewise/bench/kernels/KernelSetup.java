package io.lanewise.bench.kernels;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.bench.Agreement;
import io.lanewise.bench.rounds.Setup;
import io.lanewise.bench.rounds.Subject;
import io.lanewise.kernels.Kernels;
import io.lanewise.kernels.scalar.ScalarKernels;
import io.lanewise.memory.Rows;

/** A kernel, its scalar twin and, where they differ from that, naive loops, ready to run on the same numbers. */
final class KernelSetup implements Setup {

    private final KernelCase kernel;
    private final List<KernelMemory> memories = new ArrayList<>();
    private final List<Subject> subjects = new ArrayList<>();

    KernelSetup(KernelCase kernel) {
        this.kernel = kernel;
        KernelCase.Call twin = prepare(new ScalarKernels("the twin"));
        float[] expected = answer(twin);
        add("lanewise", prepare(Kernels.best()), expected);
        subjects.add(new Subject("scalar", kernel.multiplyAdds(), twin.work()));
        kernel.naive().ifPresent(naive -> {
            naive.run();
            Agreement.require("naive " + kernel, expected, naive.result(), kernel.allowedError());
            subjects.add(new Subject("naive", kernel.multiplyAdds(), naive));
        });
    }

    private KernelCase.Call prepare(Kernels kernels) {
        memories.add(new KernelMemory(kernels));
        return kernel.prepare(memories.getLast());
    }

    private void add(String subject, KernelCase.Call call, float[] expected) {
        Agreement.require(subject + " " + kernel, expected, answer(call), kernel.allowedError());
        subjects.add(new Subject(subject, kernel.multiplyAdds(), call.work()));
    }

    private float[] answer(KernelCase.Call call) {
        call.work().run();
        Rows rows = call.result();
        float[] cells = new float[rows.count() * kernel.columns()];
        for (int cell = 0; cell < cells.length; cell++) {
            cells[cell] = rows.get(cell / kernel.columns(), cell % kernel.columns());
        }
        return cells;
    }

    @Override
    public List<Subject> subjects() {
        return subjects;
    }

    @Override
    public void close() {
        memories.forEach(KernelMemory::close);
    }
}
