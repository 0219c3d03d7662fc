/** LangChain4j's models by this engine: an embedding model, a scoring model, and a count of tokens. */
package io.lanewise.langchain4j;
