/** What puts special tokens around texts: one file a post-processor of the file format. */
package io.lanewise.tokenizers.processors;
