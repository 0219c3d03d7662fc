/** What turns tokens back into text: one file a decoder of the file format. */
package io.lanewise.tokenizers.decoders;
