package io.lanewise.tokenizers.pretokenizers;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.patterns.Gpt2Pattern;
import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.ByteAlphabet;
import io.lanewise.tokenizers.text.Pieces;
import io.lanewise.tokenizers.text.Segments;

/**
 * Writes each byte of UTF-8 as a character of its own, having cut the text into GPT-2's words.
 *
 * @param addsPrefixSpace whether a piece that does not begin with a space gets one
 * @param splits whether the text is cut
 */
record ByteLevel(boolean addsPrefixSpace, boolean splits) implements PreTokenizer {

    static PreTokenizer read(Json json) {
        json.get("trim_offsets").bool(); // asked for and, here, of no effect
        return new ByteLevel(json.get("add_prefix_space").bool(), json.bool("use_regex", true));
    }

    @Override
    public void preTokenize(Pieces pieces, Segments segments) {
        if (addsPrefixSpace) {
            addPrefixSpaces(pieces);
        }
        if (splits) {
            split(pieces, segments);
        }
        write(pieces);
    }

    private static void addPrefixSpaces(Pieces pieces) {
        AlignedText text = pieces.text();
        text.begin(0);
        pieces.begin();
        for (int piece = 0; piece < pieces.count(); piece++) {
            int start = text.written();
            int from = pieces.from(piece);
            if (text.at(from) != ' ') {
                text.append(' ', text.start(from), text.end(from));
            }
            for (int i = from; i < pieces.to(piece); i++) {
                text.append(text.at(i), text.start(i), text.end(i));
            }
            pieces.add(start, text.written());
        }
        text.finish();
        pieces.finish();
    }

    private static void split(Pieces pieces, Segments segments) {
        pieces.begin();
        for (int piece = 0; piece < pieces.count(); piece++) {
            segments.begin(pieces.from(piece));
            Gpt2Pattern.INSTANCE.find(pieces.text(), pieces.from(piece), pieces.to(piece), segments);
            segments.finish(pieces.to(piece));
            SplitBehavior.Isolated.add(segments, pieces);
        }
        pieces.finish();
    }

    private static void write(Pieces pieces) {
        AlignedText text = pieces.text();
        text.begin(0);
        pieces.begin();
        for (int piece = 0; piece < pieces.count(); piece++) {
            int start = text.written();
            for (int i = pieces.from(piece); i < pieces.to(piece); i++) {
                ByteAlphabet.append(text, i);
            }
            pieces.add(start, text.written());
        }
        text.finish();
        pieces.finish();
    }

    @Override
    public boolean cuts(int before, int after) {
        return splits && mayPart(before, after);
    }

    /** A part that begins with a space gets none. */
    @Override
    public boolean mayPart(int before, int after) {
        return (!addsPrefixSpace || after == ' ') && (!splits || Gpt2Pattern.INSTANCE.cuts(before, after));
    }

    @Override
    public int becomes(int plain) {
        return ByteAlphabet.plain(plain);
    }
}
