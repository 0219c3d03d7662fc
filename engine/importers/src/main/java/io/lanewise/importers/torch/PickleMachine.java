package io.lanewise.importers.torch;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.lanewise.LanewiseException;
import io.lanewise.importers.torch.Pickled.Dict;
import io.lanewise.importers.torch.Pickled.Global;
import io.lanewise.importers.torch.Pickled.Tuple;

import static io.lanewise.LanewiseException.quote;

/**
 * Runs the instructions of a pickle. What it makes are {@link Pickled} values: no class is looked up, nothing is constructed and
 * nothing called. Values may be deep, shared or circular: nothing here walks through them.
 *
 * @see <a href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">the instructions</a>
 */
final class PickleMachine {

    private static final int PROTOCOL = 0x80;
    private static final int STOP = '.';
    private static final int OLDEST = 2;
    private static final int NEWEST = 3;
    private static final Pickled MARK = new Pickled.Inert("mark");

    /** More than the largest module has; each takes some ten bytes of memory for a byte of the file. */
    private static final int MOST_VALUES = 4_000_000;

    private final PickleInput in;
    private final Calls calls;
    private final Function<Tuple, Pickled> persistent;
    private final List<Pickled> stack = new ArrayList<>();
    private final Map<Long, Pickled> memo = new HashMap<>(); // a map: an index of four billion costs nothing
    private int values;

    /**
     * Makes a machine for one pickle.
     *
     * @param persistent what an id outside of the pickle stands for
     */
    PickleMachine(PickleInput in, Calls calls, Function<Tuple, Pickled> persistent) {
        this.in = in;
        this.calls = calls;
        this.persistent = persistent;
    }

    /** Returns what the pickle holds. */
    Pickled run() throws IOException {
        requireProtocol(in.next() == PROTOCOL ? in.next() : 0);
        for (int instruction = in.next(); instruction != STOP; instruction = in.next()) {
            step(instruction);
        }
        return pop();
    }

    private void step(int instruction) throws IOException {
        switch (instruction) {
            case PROTOCOL -> requireProtocol(in.next());
            case '(' -> push(MARK);
            case 'N' -> push(Pickled.None.NONE);
            case 0x88 -> push(new Pickled.Bool(true));
            case 0x89 -> push(new Pickled.Bool(false));
            case 'J' -> push(new Pickled.Int(in.number()));
            case 'K' -> push(new Pickled.Int(in.next()));
            case 'M' -> push(new Pickled.Int(in.shortNumber()));
            case 0x8a -> push(longNumber(in.next()));
            case 'G' -> push(new Pickled.Real(in.real()));
            case 'X' -> push(new Pickled.Text(in.text(in.number() & 0xffffffffL)));
            case 'U' -> push(new Pickled.Text(in.text(in.next())));
            case 'T' -> push(new Pickled.Text(in.text(in.number())));
            case 'c' -> push(name());
            case 'q' -> memo.put((long) in.next(), peek());
            case 'r' -> memo.put(in.number() & 0xffffffffL, peek());
            case 'h' -> push(recalled(in.next()));
            case 'j' -> push(recalled(in.number() & 0xffffffffL));
            case ')' -> push(new Tuple(List.of()));
            case 't' -> push(new Tuple(popToMark()));
            case 0x85 -> push(new Tuple(popSome(1)));
            case 0x86 -> push(new Tuple(popSome(2)));
            case 0x87 -> push(new Tuple(popSome(3)));
            case ']' -> push(new Pickled.Sequence());
            case 'a' -> append(popSome(1));
            case 'e' -> append(popToMark());
            case '}' -> push(new Dict());
            case 's' -> setItems(popSome(2));
            case 'u' -> setItems(popToMark());
            case 'Q' -> push(persistent.apply(require(pop(), Tuple.class, "an id")));
            case 'R' -> call();
            case 0x81 -> make();
            case 'b' -> build();
            default -> throw new LanewiseException(
                    "refused: the file has an instruction that tensors do not need: opcode=0x%02x, position=%d"
                            .formatted(instruction, in.position() - 1));
        }
    }

    private Global name() throws IOException {
        Global global = new Global(in.line(), in.line());
        calls.meet(global);
        return global;
    }

    private void requireProtocol(int protocol) {
        if (protocol < OLDEST || protocol > NEWEST) {
            throw new LanewiseException("a pickle must say its protocol, %d or %d: protocol=%d".formatted(OLDEST,
                    NEWEST, protocol));
        }
    }

    private Pickled longNumber(int bytes) throws IOException {
        byte[] little = in.take(bytes);
        byte[] big = new byte[Math.max(1, bytes)];
        for (int i = 0; i < bytes; i++) {
            big[i] = little[bytes - 1 - i];
        }
        BigInteger number = new BigInteger(big);
        return number.bitLength() < Long.SIZE
                ? new Pickled.Int(number.longValue())
                : new Pickled.Inert(number.toString(16));
    }

    // ---------------------------------------------------------------- objects

    private void call() {
        Tuple arguments = require(pop(), Tuple.class, "arguments");
        push(calls.call(pop(), arguments));
    }

    private void make() {
        Tuple arguments = require(pop(), Tuple.class, "arguments");
        push(calls.make(require(pop(), Global.class, "a class"), arguments));
    }

    private void build() {
        Pickled state = pop();
        switch (peek()) {
            case Pickled.Instance instance when state instanceof Dict dict -> instance.state = dict;
            case Dict _,Pickled.Tensor _,Pickled.Inert _ -> {
            } // what a state dict knows of its modules
            default -> throw new LanewiseException("refused: the file asks to set the state of what has none: "
                    + "position=" + in.position());
        }
    }

    private void append(List<Pickled> values) {
        require(peek(), Pickled.Sequence.class, "a list").values.addAll(values);
    }

    private void setItems(List<Pickled> pairs) {
        Dict dict = require(peek(), Dict.class, "a dict");
        if (pairs.size() % 2 != 0) {
            throw broken("pairs of key and value");
        }
        for (int i = 0; i < pairs.size(); i += 2) {
            dict.keys.add(pairs.get(i));
            dict.values.add(pairs.get(i + 1));
        }
    }

    // ---------------------------------------------------------------- the stack

    private void push(Pickled value) {
        if (++values > MOST_VALUES) {
            throw new LanewiseException("a pickle must have at most %d values: position=%d".formatted(MOST_VALUES,
                    in.position()));
        }
        stack.add(value);
    }

    private Pickled peek() {
        if (stack.isEmpty() || stack.getLast() == MARK) {
            throw broken("a value on the stack");
        }
        return stack.getLast();
    }

    private Pickled pop() {
        Pickled top = peek();
        stack.removeLast();
        return top;
    }

    private List<Pickled> popSome(int count) {
        List<Pickled> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.addFirst(pop());
        }
        return values;
    }

    private List<Pickled> popToMark() {
        int mark = stack.lastIndexOf(MARK);
        if (mark < 0) {
            throw broken("a mark on the stack");
        }
        List<Pickled> above = stack.subList(mark + 1, stack.size());
        List<Pickled> values = new ArrayList<>(above);
        above.clear();
        stack.removeLast();
        return values;
    }

    private Pickled recalled(long index) {
        Pickled value = memo.get(index);
        if (value == null) {
            throw broken("a value with the number " + index);
        }
        return value;
    }

    private <T extends Pickled> T require(Pickled value, Class<T> type, String what) {
        if (!type.isInstance(value)) {
            throw broken(what);
        }
        return type.cast(value);
    }

    private LanewiseException broken(String expected) {
        return new LanewiseException("a pickle must have %s where it asks for it: position=%d".formatted(expected,
                in.position()));
    }

    /** Returns a refusal to call something. */
    static LanewiseException refused(Global global) {
        String path = quote(global.path());
        return new LanewiseException("refused: the file asks to call " + path.substring(1, path.length() - 1));
    }
}
