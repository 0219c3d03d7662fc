package io.lanewise.tokenizers;

/**
 * A part of a text.
 *
 * @param start the first unit
 * @param end the unit after the last one
 */
public record Span(int start, int end) {}
