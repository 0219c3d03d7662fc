package io.lanewise.tokenizers.normalizers;

import io.lanewise.tokenizers.text.AlignedText;

/** SentencePiece's cleaning for machine translation: some control characters go, others and odd spaces become spaces. */
record Nmt() implements Normalizer {

    @Override
    public void normalize(AlignedText text) {
        text.begin(0);
        for (int i = 0; i < text.length(); i++) {
            int codePoint = text.at(i);
            if (!isDropped(codePoint)) {
                text.append(isSpace(codePoint) ? ' ' : codePoint, text.start(i), text.end(i));
            }
        }
        text.finish();
    }

    private static boolean isDropped(int codePoint) {
        return codePoint >= 0x01 && codePoint <= 0x08 || codePoint == 0x0B || codePoint >= 0x0E && codePoint <= 0x1F
                || codePoint == 0x7F || codePoint == 0x8F || codePoint == 0x9F;
    }

    private static boolean isSpace(int codePoint) {
        return switch (codePoint) {
            case 0x09, 0x0A, 0x0C, 0x0D, 0x1680, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD -> true;
            default -> codePoint >= 0x200B && codePoint <= 0x200F;
        };
    }
}
