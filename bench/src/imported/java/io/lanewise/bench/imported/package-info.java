/** Real ONNX files, imported and beside ONNX Runtime on the same ids. */
package io.lanewise.bench.imported;
