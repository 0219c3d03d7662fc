/** ONNX Runtime as a peer: graphs written in Java with the layer's own weights inside, run through its Java API. */
package io.lanewise.bench.peers.onnx;
