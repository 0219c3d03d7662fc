package io.lanewise.bench.encoders;

/** An engine that takes texts of many lengths in batches that are filled up to their longest. */
public interface PaddingEngine extends EncoderEngine {

    /** Opens all-MiniLM-L6-v2 for texts of any lengths, on one thread. */
    OpenPadding openPadding();
}
