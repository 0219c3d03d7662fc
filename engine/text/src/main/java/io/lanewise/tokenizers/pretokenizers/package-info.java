/** What cuts a text into pieces before a model sees it: one file a pre-tokenizer of the file format. */
package io.lanewise.tokenizers.pretokenizers;
