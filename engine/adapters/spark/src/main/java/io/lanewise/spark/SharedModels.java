package io.lanewise.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The models of this JVM: one for each way of loading it, whatever the number of tasks. A model that no task has used for some seconds
 * is closed, so that waves of tasks share one and a JVM that goes on with something else keeps none.
 */
final class SharedModels {

    static final long LINGER_SECONDS = 10;

    private static final Map<ColumnModel, Shared> MODELS = new HashMap<>();
    private static final Executor LATER = CompletableFuture.delayedExecutor(LINGER_SECONDS, TimeUnit.SECONDS);

    private SharedModels() {}

    private static final class Shared {
        private final ColumnModel.Loaded model;
        private int users;
        private long turns; // how often it was given back

        private Shared(ColumnModel.Loaded model) {
            this.model = model;
        }
    }

    /** Takes a model, which must be given back; loads it if there is none. */
    static synchronized ColumnModel.Loaded take(ColumnModel how) {
        Shared shared = MODELS.computeIfAbsent(how, key -> new Shared(key.load()));
        shared.users++;
        return shared.model;
    }

    /** Gives a model back. */
    static synchronized void giveBack(ColumnModel how) {
        Shared shared = MODELS.get(how);
        shared.users--;
        shared.turns++;
        if (shared.users == 0) {
            long turn = shared.turns;
            LATER.execute(() -> closeIfIdle(how, turn));
        }
    }

    private static synchronized void closeIfIdle(ColumnModel how, long turn) {
        Shared shared = MODELS.get(how);
        if (shared != null && shared.users == 0 && shared.turns == turn) {
            MODELS.remove(how);
            shared.model.close();
        }
    }

    /** Returns how many models there are. */
    static synchronized int size() {
        return MODELS.size();
    }
}
