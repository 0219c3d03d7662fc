/** What rewrites a text before it is cut: one file a normalizer of the file format. */
package io.lanewise.tokenizers.normalizers;
