package io.lanewise.kernels.simd;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

import io.lanewise.kernels.SumOrder;

/**
 * Vector width and tile sizes, decided once per JVM. All constants, so that C2 folds every address computed from them.
 *
 * <p>A tile is the block of results that one loop keeps in registers. 6×2 accumulators, 2 vectors of the panel and a
 * broadcast fill the 16 registers of AVX2, and 12 chains cover the latency of two FMA units; 6×4 fill the 32 of AVX-512.
 */
final class SimdShape {

    /** System property: 128, 256 or 512 overrides the CPU's preferred width. */
    static final String BITS_PROPERTY = "lanewise.vector.bits";

    /** The vectors of every kernel. */
    static final VectorSpecies<Float> SPECIES = species(Integer.getInteger(BITS_PROPERTY, SimdKernels.preferredBits()));
    static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
    static final int LANES = SPECIES.length();
    static final int VECTOR_BYTES = SPECIES.vectorByteSize();
    static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** Columns that a packed weight keeps together: the width of a matrix product's tile, in vectors and floats. */
    static final int PANEL_VECTORS = SumOrder.panelVectors(LANES);
    static final int PANEL = PANEL_VECTORS * LANES;
    static final int PANEL_BYTES = PANEL_VECTORS * VECTOR_BYTES;

    /** Most rows of a tile. */
    static final int TILE_ROWS = 6;

    /** Vectors of a tile of contexts: with 512 bits there are registers for 6×4 accumulators. */
    static final int CONTEXT_VECTORS = LANES == 16 ? 4 : 2;

    /** Depth multiplied at a time: one chain of FMAs. */
    static final int BLOCK_DEPTH = SumOrder.BLOCK_DEPTH;

    /** Rows that meet all panels before the next rows do: with a depth block they take 786 KB of L2. */
    static final int BLOCK_ROWS = 64 * TILE_ROWS;

    /** Most queries of a tile of scores: 5×4 accumulators with 512 bits; below, 3×4, 3 query vectors and a key vector. */
    static final int SCORE_QUERIES = LANES == 16 ? 5 : 3;

    /** Most rows of a tile of four vectors that adds to its result, and of one of INT8. */
    private static final int MORE_TILE_ROWS = 4;

    /** By the rows that are left. */
    private static final int[] NARROW_TILE_ROWS = {0, 1, 2, 3, 4, 3, 6, 4, 4, 6, 6, 4};

    private SimdShape() {}

    /**
     * Returns how many of the rows that are left the next tile of a matrix product takes: with 32 registers an even share,
     * with 16 six or four as long as it comes out.
     */
    static int tileRows(int left) {
        if (PANEL_VECTORS == 4) {
            return share(left, TILE_ROWS);
        }
        return left < NARROW_TILE_ROWS.length ? NARROW_TILE_ROWS[left] : TILE_ROWS;
    }

    /** Returns the same for a tile that adds to its result, and has one vector more to read for each that it writes. */
    static int tileRowsOfMore(int left) {
        return PANEL_VECTORS == 4 ? share(left, MORE_TILE_ROWS) : tileRows(left);
    }

    /** Returns the same for a tile that widens bytes: beside what that takes there is no room for six rows in 16 registers. */
    static int tileRowsOfInt8(int left) {
        return share(left, MORE_TILE_ROWS);
    }

    /** Returns the share of the next tile in what is left, dealt evenly: 15 with at most 6 a tile as 5, 5 and 5. */
    static int share(int left, int most) {
        return Math.ceilDiv(left, Math.ceilDiv(left, most));
    }

    /** Returns the bytes of the whole vectors that hold so many floats. */
    static int vectorBytes(int floats) {
        return Math.ceilDiv(floats, LANES) * VECTOR_BYTES;
    }

    private static VectorSpecies<Float> species(int bits) {
        return switch (bits) {
            case 128 -> FloatVector.SPECIES_128;
            case 256 -> FloatVector.SPECIES_256;
            case 512 -> FloatVector.SPECIES_512;
            default -> throw new IllegalArgumentException(
                    "vector width must be 128, 256 or 512: " + BITS_PROPERTY + "=" + bits);
        };
    }
}
