/** Reads tensors from PyTorch's files without doing anything else that the pickles in them ask for. */
package io.lanewise.importers.torch;
