package io.lanewise.tokenizers.processors;

/**
 * Leaves white space out of the spans of byte-level tokens.
 *
 * @param prefixSpaceAdded whether a text may have got a space in front that is none of its own: a single space before a first
 *        token is then left alone
 */
public record SpanTrim(boolean prefixSpaceAdded) {}
