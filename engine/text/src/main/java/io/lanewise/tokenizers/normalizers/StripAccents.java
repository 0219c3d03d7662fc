package io.lanewise.tokenizers.normalizers;

import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.unicode.CodePoints;

/** Leaves out combining marks; those that are part of a letter only after a decomposition. */
record StripAccents() implements Normalizer {

    private static final CodePoints ACCENTS = CodePoints.named("accent");

    @Override
    public void normalize(AlignedText text) {
        drop(text, ACCENTS);
    }

    /** Leaves out the code points of a set. */
    static void drop(AlignedText text, CodePoints set) {
        int first = 0;
        while (first < text.length() && !set.contains(text.at(first))) {
            first++;
        }
        if (first == text.length()) {
            return;
        }
        text.begin(0);
        text.keep(0, first);
        for (int i = first; i < text.length(); i++) {
            if (!set.contains(text.at(i))) {
                text.append(text.at(i), text.start(i), text.end(i));
            }
        }
        text.finish();
    }
}
