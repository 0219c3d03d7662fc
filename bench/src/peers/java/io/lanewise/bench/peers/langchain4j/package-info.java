/** LangChain4j's models in the process of their users, which are ONNX Runtime and Hugging Face's tokenizers behind JNI. */
package io.lanewise.bench.peers.langchain4j;
