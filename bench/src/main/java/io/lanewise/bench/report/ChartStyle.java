package io.lanewise.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** How all charts look, and how they become images: one colour a subject, twice the pixels for sharp screens. */
final class ChartStyle {

    static final int WIDTH = 1080;
    static final int HEIGHT = 520;

    private static final int PIXELS = 2;
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    private static final Color GRID = new Color(0xDDDDDD);

    /** Told apart by colour-blind people too (Okabe and Ito). */
    private static final Map<String, Color> COLORS = Map.of("lanewise", new Color(0x0072B2), "naive",
            new Color(0x999999), "ort", new Color(0xE69F00), "pytorch", new Color(0xD55E00), "openblas",
            new Color(0x009E73), "unfused", new Color(0x56B4E9), "scalar", new Color(0xCC79A7), "ort-int8",
            new Color(0x8B4513), "probe", Color.BLACK);
    private static final Color[] STEPS = {new Color(0x0072B2), new Color(0x56B4E9), new Color(0x009E73),
            new Color(0xE69F00), new Color(0xD55E00), new Color(0xCC79A7), new Color(0x999999), new Color(0xF0E442)};

    private ChartStyle() {}

    static Color of(String subject) {
        return COLORS.getOrDefault(subject, Color.DARK_GRAY);
    }

    static Color ofStep(int step) {
        return STEPS[step % STEPS.length];
    }

    static void apply(AxesChartStyler style) {
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setPlotGridLinesColor(GRID);
        style.setPlotGridLinesStroke(new BasicStroke(1));
        style.setChartTitleFont(TITLE);
        style.setChartTitleBoxVisible(false);
        style.setAxisTitleFont(TEXT);
        style.setAxisTickLabelsFont(TEXT);
        style.setLegendFont(TEXT);
        style.setLegendBorderColor(Color.WHITE);
        style.setLegendPosition(LegendPosition.OutsideS);
        style.setLegendLayout(LegendLayout.Horizontal);
        style.setYAxisLabelAlignment(TextAlignment.Right);
        style.setLocale(Locale.ROOT);
    }

    /** Gives every category its name, upright so that long ones fit. */
    static void standNames(AxesChartStyler style, int names) {
        style.setXAxisMaxLabelCount(Math.max(2, names)); // fewer it refuses
        style.setXAxisLabelRotation(90);
        style.setXAxisLabelAlignmentVertical(TextAlignment.Right);
    }

    /** Lets an axis of doublings show what was doubled, in a unit of figures: 3 as 8×. */
    static void showDoublings(AxesChartStyler style, String unit) {
        style.setYAxisTickLabelsFormattingFunction(
                doublings -> Figure.text(unit, Math.pow(2, doublings)).replaceFirst("\\.0+(?=\\D)", ""));
    }

    /** Returns the logarithm to base 2. */
    static double doublings(double value) {
        return Math.log(value) / Math.log(2);
    }

    static byte[] png(Chart<?, ?> chart) {
        BufferedImage image = new BufferedImage(chart.getWidth() * PIXELS, chart.getHeight() * PIXELS,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(PIXELS, PIXELS);
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        graphics.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return png.toByteArray();
    }
}
