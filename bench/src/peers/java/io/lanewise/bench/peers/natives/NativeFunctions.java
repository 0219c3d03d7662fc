package io.lanewise.bench.peers.natives;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/** Calls functions of libraries that the Java bindings have loaded. */
@SuppressWarnings("restricted")
public final class NativeFunctions {

    private static final long CPP_STRING_BYTES = 32; // of libstdc++: address, length, and room for short ones
    private static final long CPP_STRING_LENGTH = 8;

    private NativeFunctions() {}

    /** Calls {@code void name(int)}. */
    public static void set(String name, int value) {
        call(name, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT), value);
    }

    /** Calls {@code int name()}. */
    public static int integer(String name) {
        return (int) call(name, FunctionDescriptor.of(ValueLayout.JAVA_INT));
    }

    /** Calls {@code char* name()}. */
    public static String text(String name) {
        return read((MemorySegment) call(name, FunctionDescriptor.of(ValueLayout.ADDRESS)), Long.MAX_VALUE);
    }

    /**
     * Calls {@code std::string name()}, which is returned in the caller's memory. The text of a long one is never freed.
     *
     * @param name as the compiler writes it
     */
    public static String cppText(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(CPP_STRING_BYTES, ValueLayout.ADDRESS.byteAlignment());
            call(name, FunctionDescriptor.ofVoid(ValueLayout.ADDRESS), text);
            return read(text.get(ValueLayout.ADDRESS, 0), text.get(ValueLayout.JAVA_LONG, CPP_STRING_LENGTH) + 1);
        }
    }

    private static String read(MemorySegment text, long bytes) {
        return text.reinterpret(bytes).getString(0);
    }

    private static Object call(String name, FunctionDescriptor type, Object... arguments) {
        try {
            return Linker.nativeLinker().downcallHandle(SymbolLookup.loaderLookup().findOrThrow(name), type)
                    .invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException("a peer's library must have the function: function=" + name, e);
        }
    }
}
