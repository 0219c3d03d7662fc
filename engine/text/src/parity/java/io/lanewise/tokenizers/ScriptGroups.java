package io.lanewise.tokenizers;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which code points the reference takes for one script: those between which it does not cut. */
final class ScriptGroups {

    private static final int BATCH = 5_000;

    /** By the first code point of each script, all of it. */
    private final Map<Integer, BitSet> scripts = new LinkedHashMap<>();

    ScriptGroups() {
        try (ReferenceProbe probe = ReferenceProbe.ofPreTokenizer("UnicodeScripts")) {
            BitSet scripted = scripted(probe);
            BitSet borders = borders(probe, scripted);
            for (int first = borders.nextSetBit(0); first >= 0; first = borders.nextSetBit(first + 1)) {
                int next = borders.nextSetBit(first + 1);
                BitSet run = scripted.get(0, next < 0 ? Character.MAX_CODE_POINT + 1 : next);
                run.clear(0, first);
                scripts.computeIfAbsent(sameScript(probe, first), _ -> new BitSet()).or(run);
            }
        }
    }

    /** A text of code points of no script makes no piece; a space counts as one of those, whatever its script. */
    private static BitSet scripted(ReferenceProbe probe) {
        BitSet scripted = new BitSet();
        for (int from = 0; from <= Character.MAX_CODE_POINT; from += BATCH) {
            List<String> texts = new ArrayList<>();
            for (int codePoint = from; codePoint < from + BATCH; codePoint++) {
                boolean asked = codePoint <= Character.MAX_CODE_POINT && !CodePointRanges.isSurrogate(codePoint);
                texts.add(asked ? Character.toString(codePoint) : "");
            }
            List<Integer> pieces = probe.pieces(texts);
            for (int i = 0; i < pieces.size(); i++) {
                scripted.set(from + i, pieces.get(i) > 0);
            }
        }
        return scripted;
    }

    /** Returns the code points that begin another script than the one before them has. */
    private static BitSet borders(ReferenceProbe probe, BitSet scripted) {
        BitSet borders = new BitSet();
        int before = scripted.nextSetBit(0);
        borders.set(before);
        List<Integer> asked = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int codePoint = scripted.nextSetBit(before + 1); codePoint >= 0; codePoint = scripted.nextSetBit(
                codePoint + 1)) {
            asked.add(codePoint);
            texts.add(Character.toString(before) + Character.toString(codePoint));
            before = codePoint;
        }
        for (int from = 0; from < texts.size(); from += BATCH) {
            List<Integer> pieces = probe.pieces(texts.subList(from, Math.min(texts.size(), from + BATCH)));
            for (int i = 0; i < pieces.size(); i++) {
                borders.set(asked.get(from + i), pieces.get(i) > 1 || borders.get(asked.get(from + i)));
            }
        }
        return borders;
    }

    /** Returns the first code point of the script of those so far that another belongs to, or the other if it is none of theirs. */
    private int sameScript(ReferenceProbe probe, int codePoint) {
        List<Integer> known = List.copyOf(scripts.keySet());
        List<String> texts = known.stream().map(first -> Character.toString(first) + Character.toString(codePoint))
                .toList();
        int same = texts.isEmpty() ? -1 : probe.pieces(texts).indexOf(1);
        return same < 0 ? codePoint : known.get(same);
    }

    /** Returns a row for each script: the JDK's name for its first code point, then its ranges. */
    List<String> rows() {
        return scripts.entrySet().stream().map(script -> Character.UnicodeScript.of(script.getKey()) + " "
                + String.join(" ", CodePointRanges.of(script.getValue()))).toList();
    }
}
