/** Texts for encoders: tokenizers. */
module io.lanewise.text {
    requires transitive io.lanewise.engine;
    requires com.fasterxml.jackson.core;

    exports io.lanewise.tokenizers;
}
