package io.lanewise.cli;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Area;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.HeatMapSeries;
import org.knowm.xchart.style.HeatMapStyler;

/**
 * One attention map. XChart draws axes, cells and colour bar but knows nothing of padding: those cells are left out, and the
 * hatching goes over the plot once its place is known.
 */
final class AttentionChart extends HeatMapChart {

    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 13);
    private static final int TICK_POINTS = 26; // room for a number of three digits
    private static final int NAME_POINTS = 13; // room for a line of text
    private static final int UPWARDS = 90;
    private static final int[] STEPS = {1, 2, 5, 10, 20, 50};
    private static final int HATCH_POINTS = 6;
    private static final Color HATCH = new Color(0x8A8F98);

    /** Lightness grows evenly, for colour-blind people too: five stops of the colour map known as viridis. */
    private static final Color[] COLORS = {new Color(0x440154), new Color(0x3B528B), new Color(0x21908C),
            new Color(0x5DC863), new Color(0xFDE725)};

    private final AttentionMap map;

    /**
     * Describes a chart.
     *
     * @param top the weight at the top of the colours
     * @param cell points a cell
     * @param colourBar whether to explain the colours
     */
    AttentionChart(AttentionMap map, double top, int cell, boolean colourBar) {
        super(new HeatMapChartBuilder().title(map.name()).xAxisTitle(map.keys().title())
                .yAxisTitle(map.queries().title()));
        this.map = map;
        int step = step(cell, map.keys().isNamed() ? NAME_POINTS : TICK_POINTS);
        HeatMapSeries series = addSeries(map.name(), labels(map.keys(), step),
                labels(map.queries(), step).reversed(), cells());
        series.setMin(0).setMax(top);
        style(getStyler());
        getStyler().setXAxisLabelRotation(map.keys().isNamed() ? UPWARDS : 0);
        getStyler().setLegendVisible(colourBar);
        // It counts for both axes: every label, of which those without room are empty.
        getStyler().setXAxisMaxLabelCount(Math.max(2, Math.max(map.keys().size(), map.queries().size())));
        fit(cell);
    }

    /** Returns the distance of labelled rows: as people count, and with room for the labels. */
    private static int step(int cell, int labelPoints) {
        return IntStream.of(STEPS).filter(step -> step * cell >= labelPoints).findFirst().orElseThrow();
    }

    private static List<String> labels(AttentionMap.Axis axis, int step) {
        return IntStream.range(0, axis.size()).mapToObj(row -> row % step == 0 ? axis.label(row) : "").toList();
    }

    /** Returns key, row from the bottom and weight of every cell that is not padding. */
    private List<Number[]> cells() {
        List<Number[]> cells = new ArrayList<>();
        for (int query = 0; query < map.queries().size(); query++) {
            for (int key = 0; key < map.keys().size(); key++) {
                float weight = map.weights()[query][key];
                if (!map.isPadding(query, key) && !Float.isNaN(weight)) {
                    cells.add(new Number[]{key, map.queries().size() - 1 - query, weight});
                }
            }
        }
        return cells;
    }

    private static void style(HeatMapStyler style) {
        style.setRangeColors(COLORS);
        style.setPlotContentSize(1);
        style.setPlotGridLinesVisible(false);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setChartTitleBoxVisible(false);
        style.setChartTitleFont(TITLE);
        style.setAxisTitleFont(TEXT);
        style.setAxisTickLabelsFont(TEXT);
        style.setLegendFont(TEXT);
        style.setLegendBorderColor(Color.WHITE);
        style.setLocale(Locale.ROOT);
    }

    /** Gives every cell its points: what the text around the plot takes is known once it was drawn. */
    private void fit(int cell) {
        Graphics2D nowhere = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        super.paint(nowhere, getWidth(), getHeight());
        nowhere.dispose();
        Rectangle2D bounds = plot.getBounds();
        setWidth((int) Math.round(getWidth() - bounds.getWidth() + map.keys().size() * cell));
        setHeight((int) Math.round(getHeight() - bounds.getHeight() + map.queries().size() * cell));
    }

    @Override
    public void paint(Graphics2D graphics, int width, int height) {
        super.paint(graphics, width, height);
        Rectangle2D bounds = plot.getBounds();
        Graphics2D hatching = (Graphics2D) graphics.create();
        hatching.clip(padding(bounds));
        hatching.setColor(HATCH);
        hatching.setStroke(new BasicStroke(1));
        for (double x = bounds.getMinX() - bounds.getHeight(); x < bounds.getMaxX(); x += HATCH_POINTS) {
            hatching.draw(new Line2D.Double(x, bounds.getMaxY(), x + bounds.getHeight(), bounds.getMinY()));
        }
        hatching.dispose();
    }

    private Area padding(Rectangle2D plotted) {
        double width = plotted.getWidth() / map.keys().size();
        double height = plotted.getHeight() / map.queries().size();
        Area area = new Area();
        for (int key = 0; key < map.keys().size(); key++) {
            if (map.keys().padding()[key]) {
                area.add(new Area(new Rectangle2D.Double(plotted.getX() + key * width, plotted.getY(), width,
                        plotted.getHeight())));
            }
        }
        for (int query = 0; query < map.queries().size(); query++) {
            if (map.queries().padding()[query]) {
                area.add(new Area(new Rectangle2D.Double(plotted.getX(), plotted.getY() + query * height,
                        plotted.getWidth(), height)));
            }
        }
        return area;
    }
}
