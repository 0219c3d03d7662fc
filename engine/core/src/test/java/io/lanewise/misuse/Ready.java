package io.lanewise.misuse;

import io.lanewise.SessionOptions;

/** What a session is ready for. */
enum Ready {
    ROOMY(options(20, 8)), NARROW(options(2, 4)), TWO_THREADS(options(20, 8).threads(2)), MAPS(
            options(20, 8).attention(true));

    private final SessionOptions options;

    Ready(SessionOptions options) {
        this.options = options;
    }

    private static SessionOptions options(int batch, int length) {
        return SessionOptions.defaults().maxBatch(batch).maxLength(length);
    }

    SessionOptions options() {
        return options;
    }

    /** Returns the same, for one thread. */
    SessionOptions serial() {
        return options.threads(1);
    }
}
