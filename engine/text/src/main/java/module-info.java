/** Texts for encoders: tokenizers. */
module io.lanewise.text {
    requires transitive io.lanewise.engine;

    exports io.lanewise.tokenizers;
}
