/** What cuts a piece of text into tokens: one file a model of the file format, its vocabulary and what it searches with. */
package io.lanewise.tokenizers.models;
