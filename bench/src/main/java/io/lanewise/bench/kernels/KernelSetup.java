package io.lanewise.bench.kernels;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.bench.Agreement;
import io.lanewise.bench.rounds.Setup;
import io.lanewise.bench.rounds.Subject;
import io.lanewise.kernels.Kernels;
import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.kernels.scalar.ScalarKernels;
import io.lanewise.memory.Rows;

/** A kernel, its scalar twin and, where they differ from that, naive loops, ready to run on the same numbers. */
final class KernelSetup implements Setup {

    private final KernelCase kernel;
    private final List<KernelMemory> memories = new ArrayList<>();
    private final List<Subject> subjects = new ArrayList<>();

    KernelSetup(KernelCase kernel) {
        this.kernel = kernel;
        KernelCase few = kernel.few();
        double part = few.equals(kernel) ? 1 : (double) few.multiplyAdds() / kernel.multiplyAdds();
        Kernels best = KernelChoice.best();
        Kernels scalar = new ScalarKernels("the twin", best.lanes());
        KernelCase.Call ours = prepare(kernel, best);
        Agreement.require("lanewise " + kernel, answer(prepare(kernel, scalar)), answer(ours), kernel.allowedError());
        subjects.add(new Subject("lanewise", kernel.multiplyAdds(), ours.work()));
        KernelCase.Call twin = prepare(few, scalar);
        subjects.add(new Subject("scalar", kernel.multiplyAdds(), part, twin.work()));
        few.naive().ifPresent(naive -> {
            naive.run();
            Agreement.require("naive " + few, answer(twin), naive.result(), kernel.allowedError());
            subjects.add(new Subject("naive", kernel.multiplyAdds(), part, naive));
        });
    }

    private KernelCase.Call prepare(KernelCase sized, Kernels kernels) {
        memories.add(new KernelMemory(kernels));
        return sized.prepare(memories.getLast());
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
