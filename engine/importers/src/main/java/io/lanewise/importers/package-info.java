/** Models from elsewhere, as the engine reads them: ONNX files and PyTorch's checkpoints. */
package io.lanewise.importers;
