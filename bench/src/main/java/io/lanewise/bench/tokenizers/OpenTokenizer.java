package io.lanewise.bench.tokenizers;

/** A peer's tokenizer. For one thread. */
public interface OpenTokenizer extends AutoCloseable {

    /** Encodes a text, special tokens added, and returns the ids; whatever else the library makes of it is made, too. */
    long[] encode(String text);

    @Override
    void close();
}
