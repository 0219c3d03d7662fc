/**
 * Tokenizers of Hugging Face's {@code tokenizer.json}, exact to the last id and in Java alone.
 *
 * <p>The reference is the Rust library {@code tokenizers} 0.21. Where this package is stricter, it says so at load: a type, a
 * version or an option that is not known, dropout, a template that names tokens nobody declared, and damaged files that the
 * reference stumbles over later, are refused. What differs otherwise:
 *
 * <ul>
 * <li>Further windows of a text that was cut have the types that the template gives; the reference leaves them 0 and 1.
 * <li>The piece of an unknown word, or of an added token, is the token's own; the reference returns what stood in the text.
 * <li>Half of a surrogate pair alone counts as U+FFFD; the reference cannot be given one.
 * </ul>
 */
package io.lanewise.tokenizers;
