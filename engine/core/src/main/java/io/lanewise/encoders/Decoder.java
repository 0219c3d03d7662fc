package io.lanewise.encoders;

import java.util.List;

import io.lanewise.graph.RowPlace;
import io.lanewise.graph.Value;

/** A family that was made to write texts and here reads them: it has no token types, and labels a text by its last row. */
interface Decoder extends Architecture {

    @Override
    default List<String> prefixes() {
        return List.of("", "model.");
    }

    @Override
    default String wordTable() {
        return "embed_tokens";
    }

    @Override
    default String typeTable() {
        return null;
    }

    @Override
    default Value sequenceLogits(EncoderScope encoder, Value hidden, int labels) {
        return encoder.linear(encoder.select(hidden, RowPlace.LAST), classifier(), labels, false);
    }

    @Override
    default String classifier() {
        return "score";
    }
}
