package io.lanewise.tokenizers.models;

/** Cuts a piece of text into tokens. Immutable; what a text needs while it is cut belongs to a {@link Segmenter}. */
public interface Model {

    /** Returns the pieces and ids. */
    Vocabulary vocabulary();

    /** Returns how many ids the model has: added tokens that it lacks get the ids from there on. */
    default int size() {
        return vocabulary().size();
    }

    /** Returns what pieces that go on with a word begin with; null where they are not marked. */
    default String prefix() {
        return null;
    }

    /** Makes what one thread cuts pieces with. */
    Segmenter newSegmenter();
}
