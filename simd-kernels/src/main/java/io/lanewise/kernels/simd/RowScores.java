package io.lanewise.kernels.simd;

import io.lanewise.kernels.SumOrder;
import io.lanewise.memory.Rows;
import io.lanewise.memory.unchecked.AddressSpace;

import static io.lanewise.kernels.simd.SimdShape.CONTEXT_VECTORS;
import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.SCORE_QUERIES;
import static io.lanewise.kernels.simd.SimdShape.share;

/**
 * Multiplies every query with every key: {@code scores[i][j] = scale · Σ queries[i][k] · keys[j][k]}.
 *
 * <p>Deep rows are not packed: a tile of up to 5 queries × 4 keys (3 × 4 below 512 bits) is 20 dot products side by side, each
 * in the lanes of its own accumulator, folded once at the end. The queries of a tile stay in L1 while the keys pass by. A
 * tile that would reach past the last key repeats that key: it computes and stores the same bits again.
 *
 * <p>Where rows are short the fold would be most of the work. Then keys, times the scale, are transposed in registers into scratch,
 * a panel at a time, and meet the queries in the tiles of {@link RowContext}, one chain of FMAs a score.
 *
 * <p>The depth alone decides, so that the bits of a score do not depend on what stands beside it. Whole vectors are stored, or
 * four cells, whatever the number of keys: those beyond are not defined.
 *
 * <p>Best fraction of the FMA probe on Zen 4, 20 interleaved rounds: 15×80×512 0.90, 80×80×512 0.90 (0.65 with offsets in
 * segments, see {@link AddressSpace}); 15×80×64 0.64, 80×80×64 0.87, where transposing float by float left 0.43 and 0.74. Held to AVX2:
 * 0.58, 0.58, 0.54, 0.81. Tried and dropped: 6×4 tiles, 0.77 at 80×80×512; 2×4 tiles with 16 registers, 0.40; loops that C2
 * does not unroll, 0.41 there.
 */
final class RowScores {

    private static final int PANEL_KEYS = CONTEXT_VECTORS * LANES;
    private static final long PANEL_BYTES = (long) PANEL_KEYS * Float.BYTES;

    /** Floats of scratch memory. */
    static final int SCRATCH = PANEL_KEYS * SumOrder.CHAINED_DEPTH;

    private RowScores() {}

    static void run(Rows scores, Rows queries, Rows keys, float scale, Rows scratch) {
        if (queries.width() <= SumOrder.CHAINED_DEPTH) {
            transposed(scores, queries, keys, scale, scratch);
        } else {
            dots(scores, queries, keys, scale);
        }
    }

    private static void dots(Rows scores, Rows queries, Rows keys, float scale) {
        long scoreAddress = scores.address();
        long queryAddress = queries.address();
        long keyAddress = keys.address();
        int height;
        for (int query = 0; query < queries.count(); query += height) {
            height = share(queries.count() - query, SCORE_QUERIES);
            for (int key = 0; key < keys.count(); key += ScoreTiles.KEYS) {
                ScoreTiles.run(height, scoreAddress + query * scores.strideBytes() + (long) key * Float.BYTES,
                        scores.strideBytes(), queryAddress + query * queries.strideBytes(), queries.strideBytes(),
                        keyAddress + key * keys.strideBytes(), keys.strideBytes(), keys.count() - key,
                        queries.width() * Float.BYTES, scale);
            }
        }
    }

    private static void transposed(Rows scores, Rows queries, Rows keys, float scale, Rows scratch) {
        long panel = scratch.address();
        int depth = queries.width();
        int panelKeys;
        for (int first = 0; first < keys.count(); first += panelKeys) {
            panelKeys = share(Math.ceilDiv(keys.count() - first, LANES), CONTEXT_VECTORS) * LANES;
            int count = Math.min(panelKeys, keys.count() - first);
            for (int key = 0; key < count; key += LANES) {
                Transposes.run(panel + (long) key * Float.BYTES, PANEL_BYTES,
                        keys.address() + (first + key) * keys.strideBytes(), keys.strideBytes(), count - key,
                        depth * Float.BYTES, scale);
            }
            RowContext.run(scores.address() + (long) first * Float.BYTES, scores.strideBytes(), queries.count(),
                    panelKeys / LANES, queries.address(), queries.strideBytes(), panel, PANEL_BYTES, depth);
        }
    }
}
