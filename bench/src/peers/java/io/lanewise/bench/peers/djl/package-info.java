/** Hugging Face's tokenizers, which are Rust, through DJL. */
package io.lanewise.bench.peers.djl;
