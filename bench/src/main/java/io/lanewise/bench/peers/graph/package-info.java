/** Walks one of Lanewise's graphs for a peer, so that each peer needs one translator and not one for every kind of layer; ONNX is one. */
package io.lanewise.bench.peers.graph;
