/**
 * Transformer encoders as people have them: folders of the Hugging Face hub, each architecture written down the way its
 * specification has it.
 */
package io.lanewise.encoders;
