/** ONNX Runtime as a peer: graphs with the layer's own weights inside, run through its Java API. */
package io.lanewise.bench.peers.onnx;
