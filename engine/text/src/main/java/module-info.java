/** Texts in, answers out: tokenizers, and the encoders that people run. */
module io.lanewise.text {
    requires transitive io.lanewise.engine;
    requires java.management;

    exports io.lanewise.text;
    exports io.lanewise.tokenizers;
}
