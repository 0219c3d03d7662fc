package io.lanewise.cli;

import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.TreeSet;

import io.lanewise.LanewiseException;
import io.lanewise.weights.Checkpoint;

/** Lists the tensors of a model, whichever files they are in, and of whichever type. */
final class TensorListing implements AutoCloseable {

    private static final int NAME_CHARACTERS = 200;

    private final Checkpoint weights;

    /** Takes weights, which are closed with the listing. */
    TensorListing(Checkpoint weights) {
        this.weights = weights;
    }

    /** Returns how many there are. */
    int count() {
        return weights.names().size();
    }

    /** Returns the elements of all. */
    long elements() {
        return entries().stream().mapToLong(entry -> entry.shape().stream().reduce(1L, (a, b) -> a * b)).sum();
    }

    /** Returns the types that there are. */
    SequencedSet<String> types() {
        SequencedSet<String> types = new TreeSet<>();
        entries().forEach(entry -> types.add(entry.type().name()));
        return types;
    }

    /** Returns a line for each. */
    List<String> lines() {
        return weights.names().stream().map(name -> String.format(Locale.ROOT, "  %-20s %s",
                weights.find(name).orElseThrow().describe(), LanewiseException.shorten(name, NAME_CHARACTERS)))
                .toList();
    }

    private List<Checkpoint.Entry> entries() {
        return weights.names().stream().map(name -> weights.find(name).orElseThrow()).toList();
    }

    @Override
    public void close() {
        weights.close();
    }
}
