package io.lanewise.text;

/** What becomes of a text that has more tokens than its model takes. */
public enum LongTexts {
    /** Its end is cut off, as sentence-transformers does. */
    TRUNCATE,
    /** It is embedded window by window, and the vectors averaged by their tokens, as LangChain4j does. For embeddings alone. */
    AVERAGE,
    /** It is refused. */
    REFUSE
}
