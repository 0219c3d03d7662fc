package io.lanewise.kernels;

/**
 * What decides which tiles a call reaches, beside its form: a call of the same size reaches the same ones.
 *
 * @param form of the kernel, one that {@link KernelForm#hasSizes() has sizes}
 * @param rows of the result
 * @param columns of the result, or of a matrix product as few as are dealt to tiles in the same way
 */
public record CallSize(KernelForm form, int rows, int columns) {

    /** Larger calls wait for all tiles. */
    private static final int MOST_ROWS = 128;
    private static final int MOST_COLUMNS = 1024;

    /** A product of few rows takes panels by fours or twos; one of more a panel at a time, and the last differs from the others. */
    private static final int PANELS = 4;
    private static final int LEAST_ROWS = 3;

    /** Returns rows and columns in one number; 0 for a call that is too large or has nothing to do. */
    public static long of(int rows, int columns) {
        return rows < 1 || rows > MOST_ROWS || columns < 1 || columns > MOST_COLUMNS
                ? 0
                : (long) rows << Integer.SIZE | columns;
    }

    /** Returns the same for a call of any form, with panels of so many columns. */
    public static long of(KernelForm form, int rows, int columns, int panel) {
        return switch (form) {
            case ROW_SCORES, DEEP_ROW_SCORES -> ofScores(form, rows, columns);
            case ROW_CONTEXT, ROW_CONTEXT_OF_32, ROW_CONTEXT_OF_64 -> ofContext(form, rows, columns);
            default -> ofProduct(rows, columns, panel);
        };
    }

    /** Returns the same for a matrix product with panels of so many columns. */
    public static long ofProduct(int rows, int columns, int panel) {
        int panels = columns / panel;
        int like = rows < LEAST_ROWS && panels >= 2 * PANELS ? PANELS + panels % PANELS : panels;
        return of(rows, (rows < LEAST_ROWS ? like : Math.min(panels, 2)) * panel);
    }

    /** Returns the same for scores, of which deep ones take keys by fours. */
    public static long ofScores(KernelForm form, int queries, int keys) {
        return of(queries, form == KernelForm.DEEP_ROW_SCORES && keys > PANELS ? PANELS + keys % PANELS : keys);
    }

    /** Returns the same for contexts, of which those of multiples of 64 floats have one width of tiles. */
    public static long ofContext(KernelForm form, int rows, int width) {
        return of(rows, form == KernelForm.ROW_CONTEXT_OF_64 ? 64 : width);
    }

    /** Takes the two apart again. */
    public static CallSize of(KernelForm form, long size) {
        return new CallSize(form, (int) (size >>> Integer.SIZE), (int) size);
    }
}
