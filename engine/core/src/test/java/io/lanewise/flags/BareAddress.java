package io.lanewise.flags;

import java.lang.foreign.Arena;
import java.lang.reflect.Proxy;
import java.util.Map;

import io.lanewise.LanewiseException;
import io.lanewise.Tensor;
import org.agrona.DirectBuffer;

/** Wraps a buffer over a bare address that is not one of Agrona's own, and says what came of it. */
final class BareAddress {

    private BareAddress() {}

    public static void main(String[] none) {
        Map<String, Object> answers = Map.of("addressOffset", Arena.global().allocate(Float.BYTES).address(),
                "capacity", Float.BYTES);
        DirectBuffer buffer = (DirectBuffer) Proxy.newProxyInstance(DirectBuffer.class.getClassLoader(),
                new Class<?>[]{DirectBuffer.class}, (_, method, _) -> answers.get(method.getName()));
        try {
            System.out.println("wrapped " + Tensor.of(buffer, 1).shape().length);
        } catch (LanewiseException refused) {
            System.out.println(refused.getMessage());
        }
    }
}
