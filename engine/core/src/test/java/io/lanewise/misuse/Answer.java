package io.lanewise.misuse;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.lanewise.LanewiseException;
import io.lanewise.Outputs;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.fail;

/**
 * How a call ended: with copies of outputs by name and shape, or with an exception that names the rule. Equal to another that
 * ended with the same bits, or the same exception and message.
 */
record Answer(Map<String, ByteBuffer> outputs, Class<? extends RuntimeException> refusal, String message) {

    /** Returns how a call ended that has no outputs. */
    static Answer of(Runnable call) {
        return of(() -> {
            call.run();
            return null;
        });
    }

    /** Returns how a call ended; any exception but the documented ones, or of more than a line, fails the test. */
    static Answer of(Supplier<Outputs> call) {
        try {
            Outputs outputs = call.get();
            return new Answer(outputs == null ? Map.of() : copies(outputs), null, null);
        } catch (LanewiseException | IllegalStateException e) {
            if (e.getMessage().indexOf('\n') >= 0 || !e.getMessage().contains(": ")) {
                fail("a message must be one line, the rule and then name=value: " + e.getMessage(), e);
            }
            return new Answer(null, e.getClass(), e.getMessage());
        }
    }

    /** Returns how a call that is a mistake must end. */
    static Answer refused(String message) {
        return new Answer(null, LanewiseException.class, message);
    }

    /** Returns how a call at the wrong time must end. */
    static Answer untimely(String message) {
        return new Answer(null, IllegalStateException.class, message);
    }

    private static Map<String, ByteBuffer> copies(Outputs outputs) {
        Map<String, ByteBuffer> copies = new HashMap<>();
        for (String name : outputs.names()) {
            copies.put(name + Arrays.toString(outputs.shape(name)),
                    ByteBuffer.wrap(outputs.segment(name).toArray(JAVA_BYTE)));
        }
        return copies;
    }

    boolean isRefusal() {
        return refusal != null;
    }

    @Override
    public String toString() {
        return isRefusal() ? refusal.getSimpleName() + ": " + message : "outputs " + outputs.keySet();
    }
}
