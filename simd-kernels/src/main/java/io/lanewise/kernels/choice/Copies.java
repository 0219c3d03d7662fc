package io.lanewise.kernels.choice;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.lanewise.kernels.Kernels;
import io.lanewise.kernels.simd.SimdKernels;
import io.lanewise.memory.unchecked.AddressSpace;

/**
 * The SIMD kernels, and copies of them whose classes were loaded once more: C2's choices differ from compilation to compilation, and a
 * class of another loader is compiled anew. For one thread.
 */
final class Copies {

    private static final String PACKAGE = SimdKernels.class.getPackageName() + ".";

    private final List<Kernels> copies = new ArrayList<>(List.of(new SimdKernels()));
    private final Supplier<Kernels> loader;

    Copies() {
        this(Copies::load);
    }

    /** Takes what loads the classes once more. */
    Copies(Supplier<Kernels> loader) {
        this.loader = loader;
    }

    /** Returns a copy, of which number 0 is what everybody has. */
    Kernels get(int copy) {
        while (copies.size() <= copy) {
            copies.add(loader.get());
        }
        return copies.get(copy);
    }

    private static Kernels load() {
        try {
            Loader loader = new Loader(SimdKernels.class.getClassLoader());
            AddressSpace.exportTo(loader.getUnnamedModule());
            return (Kernels) loader.loadClass(SimdKernels.class.getName()).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("SIMD kernels must load once more: " + e, e);
        }
    }

    /** Defines the classes of the kernels' package, and leaves all others to the loader that has defined them first. */
    private static final class Loader extends ClassLoader {

        Loader(ClassLoader parent) {
            super("lanewise-kernels", parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(PACKAGE)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file = SimdKernels.class
                    .getResourceAsStream(name.substring(PACKAGE.length()) + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
