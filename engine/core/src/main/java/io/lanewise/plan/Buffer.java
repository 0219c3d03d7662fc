package io.lanewise.plan;

/**
 * A part of the workspace that slots take turns in; its bytes are known once a session states its maximum lengths.
 *
 * @param index the place among the plan's buffers
 * @param stream the stream whose rows it holds
 * @param keys for scores, the stream of the keys; else null
 * @param stride floats per row; for scores, the rows per query (its heads)
 */
public record Buffer(int index, Stream stream, Stream keys, int stride) {}
