package io.lanewise.importers.torch;

import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.importers.torch.Pickled.Global;
import io.lanewise.importers.torch.Pickled.Tuple;

/**
 * What the few calls stand for that PyTorch's files make; the list is all of them. Anything else that is called is refused by its
 * name; classes that modules are of become inert objects.
 */
final class TensorCalls implements Calls {

    private static final int MOST_RANK = 64;
    private static final int MOST_REPEATED = 1 << 24;

    @Override
    public Pickled call(Pickled called, Tuple arguments) {
        if (!(called instanceof Global global)) {
            throw new LanewiseException("refused: the file asks to call something without a name");
        }
        return switch (global.path()) {
            case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" -> tensor(arguments.values());
            case "torch._utils._rebuild_parameter" -> parameter(arguments.values());
            case "collections.OrderedDict" -> {
                requireEmpty(global, arguments);
                yield new Pickled.Dict();
            }
            case "torch.Size" -> size(arguments.values());
            case "torch.device", "__builtin__.set", "builtins.set", "__builtin__.getattr", "builtins.getattr",
                    "torch.nn.backends.thnn._get_thnn_function_backend" ->
                inert(global, arguments);
            default -> throw PickleMachine.refused(global);
        };
    }

    @Override
    public Pickled make(Global type, Tuple arguments) {
        if (type.path().equals("torch.Size")) {
            return size(arguments.values());
        }
        requireEmpty(type, arguments);
        return new Pickled.Instance(type);
    }

    private static void requireEmpty(Global global, Tuple arguments) {
        if (!arguments.values().isEmpty()) {
            throw PickleMachine.refused(global);
        }
    }

    /** The bound method that a weight-dropped linear keeps is the only attribute that is ever asked for. */
    private static Pickled inert(Global global, Tuple arguments) {
        boolean isForward = arguments.values().size() == 2
                && arguments.values().getLast() instanceof Pickled.Text(String name) && name.equals("forward");
        if (global.name().equals("getattr") && !isForward) {
            throw PickleMachine.refused(global);
        }
        return new Pickled.Inert(global.path());
    }

    private static Pickled size(List<Pickled> arguments) {
        if (arguments.size() == 1 && arguments.getFirst() instanceof Tuple tuple) {
            return tuple;
        }
        throw new LanewiseException("a size must be a tuple: torch.Size of " + arguments.size() + " arguments");
    }

    private static Pickled parameter(List<Pickled> arguments) {
        if (!arguments.isEmpty() && arguments.getFirst() instanceof Pickled.Tensor tensor) {
            return tensor;
        }
        throw new LanewiseException("a parameter must be a tensor: torch._utils._rebuild_parameter");
    }

    // ---------------------------------------------------------------- tensors

    private static Pickled tensor(List<Pickled> arguments) {
        boolean fits = arguments.size() >= 4 && arguments.getFirst() instanceof Pickled.Storage
                && arguments.get(1) instanceof Pickled.Int && arguments.get(2) instanceof Tuple
                && arguments.get(3) instanceof Tuple;
        if (!fits) {
            throw new LanewiseException("a tensor must have a storage, an offset, a size and strides: arguments="
                    + arguments.size());
        }
        Pickled.Storage storage = (Pickled.Storage) arguments.getFirst();
        long offset = ((Pickled.Int) arguments.get(1)).value();
        long[] size = longs((Tuple) arguments.get(2));
        long[] stride = longs((Tuple) arguments.get(3));
        requireInside(storage, offset, size, stride);
        return new Pickled.Tensor(storage, offset, size, stride);
    }

    private static long[] longs(Tuple tuple) {
        boolean fits = tuple.values().size() <= MOST_RANK
                && tuple.values().stream().allMatch(value -> value instanceof Pickled.Int(long number) && number >= 0);
        if (!fits) {
            throw new LanewiseException("a tensor's sizes and strides must be whole numbers, not negative: numbers="
                    + tuple.values().size());
        }
        return tuple.values().stream().mapToLong(value -> ((Pickled.Int) value).value()).toArray();
    }

    /** The last element must be in the storage; a storage that is repeated by strides of 0 must not become very large by it. */
    private static void requireInside(Pickled.Storage storage, long offset, long[] size, long[] stride) {
        boolean fits = offset >= 0 && size.length == stride.length;
        try {
            long last = offset;
            long elements = 1;
            for (int i = 0; fits && i < size.length; i++) {
                elements = Math.multiplyExact(elements, size[i]);
                last = Math.addExact(last, Math.multiplyExact(Math.max(0, size[i] - 1), stride[i]));
            }
            fits &= elements == 0
                    ? offset <= storage.count()
                    : last < storage.count() && elements <= storage.count() + MOST_REPEATED;
        } catch (ArithmeticException e) {
            fits = false;
        }
        if (!fits) {
            throw new LanewiseException("a tensor must lie within its storage: storage=%s of %d, offset=%d, rank=%d"
                    .formatted(LanewiseException.quote(storage.key()), storage.count(), offset, size.length));
        }
    }
}
