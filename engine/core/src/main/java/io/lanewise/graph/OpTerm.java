package io.lanewise.graph;

import java.util.Locale;

/** The field's terms for ops, made of the names of their records once: planning asks for them over and over. */
final class OpTerm {

    private static final ClassValue<String> TERMS = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> op) {
            return op.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        }
    };

    private OpTerm() {}

    static String of(Class<? extends Op> op) {
        return TERMS.get(op);
    }
}
