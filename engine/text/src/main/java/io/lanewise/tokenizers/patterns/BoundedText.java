package io.lanewise.tokenizers.patterns;

/** A text that a regular expression may look at only so often: some take time that doubles with each character. */
final class BoundedText implements CharSequence {

    /** Says that it was looked at too often. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exhausted() {
            super(null, null, false, false);
        }
    }

    private static final long LOOKS_EACH = 1_000;
    private static final long LOOKS_ALWAYS = 1_000_000;

    private final String text;
    private long looks;

    BoundedText(String text) {
        this.text = text;
        this.looks = LOOKS_ALWAYS + LOOKS_EACH * text.length();
    }

    @Override
    public char charAt(int index) {
        if (--looks < 0) {
            throw new Exhausted();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
