/** Spring AI's models by this engine: an embedding model, a reranker of documents, and what they count. */
package io.lanewise.springai;
