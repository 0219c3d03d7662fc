/** Recovers an encoder from an ONNX graph: what its nodes mean, and whose weights they use. */
package io.lanewise.importers.onnx;
