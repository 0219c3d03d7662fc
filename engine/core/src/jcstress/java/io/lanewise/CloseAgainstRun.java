package io.lanewise;

import io.lanewise.weights.Checkpoint;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** One thread runs a session that another closes: one of the two is refused, or they came one after the other. */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "It ran, then it was closed.")
@Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "It was closed, then it refused to run.")
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "It ran, and refused to be closed meanwhile.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both were refused, or something else was thrown.")
@State
public class CloseAgainstRun {

    private static final Model MODEL = Model.of(
            Checkpoint.builder().metadata("layer", "scaled-dot-product-attention").metadata("hidden", "4")
                    .metadata("scale", "0.5").build(),
            ModelOptions.defaults());
    private static final Tensor ROWS = Tensor.copyOf(new float[]{1, 2, 3, 4}, 1, 1, 4);

    private final Inputs inputs = Inputs.of("query", ROWS).and("key", ROWS).and("value", ROWS);
    private final Session session = MODEL.newSession(SessionOptions.defaults().maxBatch(1).maxLength(1));

    /** Runs; 1 if it did, 0 if it was refused. */
    @Actor
    public void run(III_Result result) {
        result.r1 = outcome(() -> session.run(inputs), "a session must not be used after it is closed");
    }

    /** Closes; 1 if it did, 0 if it was refused. */
    @Actor
    public void close(III_Result result) {
        result.r2 = outcome(session::close, "a session must not be closed while it runs");
    }

    /** Closes once more, which nothing refuses now. */
    @Arbiter
    public void closeAfterAll(III_Result result) {
        result.r3 = outcome(session::close, "nothing");
    }

    private static int outcome(Runnable call, String rule) {
        try {
            call.run();
            return 1;
        } catch (IllegalStateException e) {
            return e.getMessage().startsWith(rule) ? 0 : -1;
        }
    }
}
