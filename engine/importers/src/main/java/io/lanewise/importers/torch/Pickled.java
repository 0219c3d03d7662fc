package io.lanewise.importers.torch;

import java.util.ArrayList;
import java.util.List;

/** What a pickle is made of here: inert values, none of which is ever called, compared or asked for its hash. */
public sealed interface Pickled {

    /** Python's {@code None}. */
    enum None implements Pickled {
        NONE
    }

    /** A truth value. */
    record Bool(boolean value) implements Pickled {}

    /** A whole number; one that does not fit is {@link Inert}. */
    record Int(long value) implements Pickled {}

    /** A real number. */
    record Real(double value) implements Pickled {}

    /** A text. */
    record Text(String value) implements Pickled {}

    /** The name of something; it is not looked up. */
    record Global(String module, String name) implements Pickled {
        String path() {
            return module + "." + name;
        }
    }

    /** Several values that do not change. */
    record Tuple(List<Pickled> values) implements Pickled {
        @Override
        public String toString() {
            return "tuple of " + values.size(); // it may hold itself
        }
    }

    /** Several values. */
    final class Sequence implements Pickled {
        final List<Pickled> values = new ArrayList<>();
    }

    /** Names and values, in the order in which they were set. */
    final class Dict implements Pickled {
        final List<Pickled> keys = new ArrayList<>();
        final List<Pickled> values = new ArrayList<>();

        /** Returns the value that was set last under a text; null if none was. */
        Pickled get(String key) {
            for (int i = keys.size() - 1; i >= 0; i--) {
                if (keys.get(i) instanceof Text text && text.value().equals(key)) {
                    return values.get(i);
                }
            }
            return null;
        }
    }

    /** An object of some class, and what it was given. */
    final class Instance implements Pickled {
        final Global type;
        Dict state = new Dict();

        Instance(Global type) {
            this.type = type;
        }
    }

    /** The numbers of tensors. */
    record Storage(StorageType type, String key, long count) implements Pickled {}

    /** A view of a storage; offset and strides count elements. */
    record Tensor(Storage storage, long offset, long[] size, long[] stride) implements Pickled {}

    /** Something that is of no use here. */
    record Inert(String what) implements Pickled {}
}
