package io.lanewise.tokenizers.pretokenizers;

import java.util.Arrays;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.text.Pieces;
import io.lanewise.tokenizers.text.Segments;

/** What becomes of the matches between the pieces that they part. */
enum SplitBehavior {

    /** They go. */
    Removed {
        @Override
        void add(Segments segments, Pieces pieces) {
            for (int i = 0; i < segments.count(); i++) {
                if (!segments.isMatch(i)) {
                    pieces.add(segments.from(i), segments.to(i));
                }
            }
        }
    },

    /** Each is a piece. */
    Isolated {
        @Override
        void add(Segments segments, Pieces pieces) {
            for (int i = 0; i < segments.count(); i++) {
                pieces.add(segments.from(i), segments.to(i));
            }
        }
    },

    /** Each ends the piece before it, the first of several. */
    MergedWithPrevious {
        @Override
        void add(Segments segments, Pieces pieces) {
            for (int i = 0; i < segments.count();) {
                boolean matchFollows = i + 1 < segments.count() && segments.isMatch(i + 1);
                int last = !segments.isMatch(i) && matchFollows ? i + 1 : i;
                pieces.add(segments.from(i), segments.to(last));
                i = last + 1;
            }
        }
    },

    /** Each begins the piece behind it, the last of several. */
    MergedWithNext {
        @Override
        void add(Segments segments, Pieces pieces) {
            for (int i = 0; i < segments.count();) {
                boolean otherFollows = i + 1 < segments.count() && !segments.isMatch(i + 1);
                int last = segments.isMatch(i) && otherFollows ? i + 1 : i;
                pieces.add(segments.from(i), segments.to(last));
                i = last + 1;
            }
        }
    },

    /** Neighbouring ones are one piece. */
    Contiguous {
        @Override
        void add(Segments segments, Pieces pieces) {
            for (int i = 0; i < segments.count();) {
                int last = i;
                while (last + 1 < segments.count() && segments.isMatch(last + 1) == segments.isMatch(i)) {
                    last++;
                }
                pieces.add(segments.from(i), segments.to(last));
                i = last + 1;
            }
        }
    };

    /** Says whether a piece ends between two characters, of which each is a match by itself or none at all. */
    boolean cuts(boolean matchBefore, boolean matchBehind) {
        return switch (this) {
            case Removed, Isolated -> matchBefore || matchBehind;
            case MergedWithPrevious -> matchBefore;
            case MergedWithNext -> matchBehind;
            case Contiguous -> matchBefore != matchBehind;
        };
    }

    /** Adds the pieces that come of a piece's segments. */
    abstract void add(Segments segments, Pieces pieces);

    static SplitBehavior read(Json json) {
        return Arrays.stream(values()).filter(behavior -> behavior.name().equals(json.text())).findFirst()
                .orElseThrow(() -> json.unknown(Arrays.stream(values()).map(Enum::name).toList()));
    }
}
