package io.lanewise.text;

/**
 * A part of a text that has a label.
 *
 * @param label without {@code B-} and {@code I-}, unless tokens are not aggregated
 * @param score how sure that is
 * @param start its first UTF-16 unit in the text
 * @param end the unit after its last one
 * @param text what stands there
 */
public record Entity(String label, float score, int start, int end, String text) {}
