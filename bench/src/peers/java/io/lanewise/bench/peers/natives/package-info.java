/** Functions of a peer's native library that its Java binding leaves out: how it is set up, and what it says of itself. */
package io.lanewise.bench.peers.natives;
