/** A text at work: its code points and where they came from, the pieces that it is cut into, the tokens that come of them. */
package io.lanewise.tokenizers.text;
