/**
 * Tokenizers of Hugging Face's {@code tokenizer.json}, exact to the last id and in Java alone.
 *
 * <p>The reference is the Rust library {@code tokenizers} 0.21. Where this package is stricter, it says so at load: a type, a
 * version or an option that is not known, dropout, a template that names tokens nobody declared, an added token of which its
 * normalizer leaves nothing, and damaged files that the reference stumbles over later, are refused. Two texts that are both cut
 * have no more than 16,384 windows with each other; of a text become no more than 4,096 code points and 256 for each UTF-16
 * unit. What differs otherwise:
 *
 * <ul>
 * <li>Further windows of a text that was cut have the types that the template gives; the reference leaves them 0 and 1.
 * <li>The piece of an unknown word, or of an added token, is the token's own; the reference returns what stood in the text.
 * <li>A token of no text has no span; the reference says of some, where no post-processor adds any, that they begin and end at 0.
 * It has no spans for one text of some pairs whose post-processor is a sequence, and trims the first token otherwise where
 * ByteLevel comes behind BertProcessing or RobertaProcessing.
 * <li>Where BPE falls back to the bytes of a character with a prefix or a suffix, the spans of these bytes are the character's and
 * those behind it; the reference loses count.
 * <li>Half of a surrogate pair alone counts as U+FFFD; the reference cannot be given one.
 * </ul>
 */
package io.lanewise.tokenizers;
