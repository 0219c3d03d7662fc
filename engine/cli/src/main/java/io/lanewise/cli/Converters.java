package io.lanewise.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options. */
final class Converters {

    private Converters() {}

    /** Reads a whole number. */
    static int wholeNumber(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("must be a whole number, not '" + text + "'");
        }
    }

    /** Reads a constant of an enum by its name in lower case. */
    static <E extends Enum<E>> ITypeConverter<E> constant(Class<E> type) {
        return text -> {
            for (E constant : type.getEnumConstants()) {
                if (word(constant).equals(text)) {
                    return constant;
                }
            }
            String words = Arrays.stream(type.getEnumConstants()).map(Converters::word)
                    .collect(Collectors.joining(" or "));
            throw new TypeConversionException("must be " + words + ", not '" + text + "'");
        };
    }

    /** Returns an enum's constant as people write it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
