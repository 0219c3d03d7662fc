/** Spark ML's transformers by this engine: columns of texts become vectors, scores or labels, on as many machines as Spark has. */
package io.lanewise.spark;
