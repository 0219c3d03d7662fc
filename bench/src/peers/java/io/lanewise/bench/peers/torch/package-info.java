/** PyTorch as a peer: TorchScript modules written in Java with the layer's own weights frozen inside, run through DJL. */
package io.lanewise.bench.peers.torch;
