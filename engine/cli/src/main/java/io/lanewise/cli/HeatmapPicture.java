package io.lanewise.cli;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import javax.imageio.ImageIO;

/** Draws attention maps side by side, in the same colours and the same size of a cell. */
final class HeatmapPicture {

    private static final int PIXELS = 2; // a point, for sharp screens
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 14);
    private static final int TITLE_POINTS = 28;
    private static final int PLOT_POINTS = 480;
    private static final int MOST_CELL_POINTS = 40;

    /** Rows with names are drawn larger, as far as a picture that people scroll allows. */
    private static final int NAMED_PLOT_POINTS = 1800;
    private static final int NAMED_CELL_POINTS = 14;

    private HeatmapPicture() {}

    static byte[] png(String title, List<AttentionMap> maps) {
        System.setProperty("java.awt.headless", "true"); // servers have no display
        double top = top(maps);
        int cell = cellPoints(maps);
        List<AttentionChart> charts = maps.stream()
                .map(map -> new AttentionChart(map, top, cell, map == maps.getLast())).toList();
        return bytes(paint(title, charts));
    }

    /** Returns the largest weight of all maps, rounded up to a number that can be read; 1 where there is none. */
    private static double top(List<AttentionMap> maps) {
        double largest = maps.stream().mapToDouble(AttentionMap::largest).max().orElse(0);
        return largest == 0 ? 1 : new BigDecimal(largest).round(new MathContext(2, RoundingMode.CEILING)).doubleValue();
    }

    private static int cellPoints(List<AttentionMap> maps) {
        int most = maps.stream().mapToInt(map -> Math.max(map.queries().size(), map.keys().size())).max().orElse(1);
        int named = maps.getFirst().keys().isNamed() ? Math.min(NAMED_CELL_POINTS, NAMED_PLOT_POINTS / most) : 1;
        return Math.clamp(PLOT_POINTS / most, Math.max(1, named), MOST_CELL_POINTS);
    }

    private static BufferedImage paint(String title, List<AttentionChart> charts) {
        int width = charts.stream().mapToInt(AttentionChart::getWidth).sum();
        int height = TITLE_POINTS + charts.stream().mapToInt(AttentionChart::getHeight).max().orElseThrow();
        BufferedImage image = new BufferedImage(width * PIXELS, height * PIXELS, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(PIXELS, PIXELS);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.BLACK);
        graphics.setFont(TITLE);
        graphics.drawString(title, TITLE_POINTS / 2, TITLE_POINTS * 3 / 4);
        graphics.translate(0, TITLE_POINTS);
        for (AttentionChart chart : charts) {
            chart.paint(graphics, chart.getWidth(), chart.getHeight());
            graphics.translate(chart.getWidth(), 0);
        }
        graphics.dispose();
        return image;
    }

    private static byte[] bytes(BufferedImage image) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return png.toByteArray();
    }
}
