package io.parley.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Lines over one axis. */
final class Plot {
    private final String title;
    private final String across;
    private final String up;
    private final XYSeriesCollection lines = new XYSeriesCollection();

    public Plot(String title, String across, String up) {
        this.title = title;
        this.across = across;
        this.up = up;
    }

    public void add(String line, double x, double y) {
        if (lines.getSeriesIndex(line) < 0) lines.addSeries(new XYSeries(line));
        lines.getSeries(line).add(x, y);
    }

    public void write(Path file, boolean isLogarithmic) throws IOException {
        var chart =
                ChartFactory.createXYLineChart(title, across, up, lines, PlotOrientation.VERTICAL, true, false, false);
        chart.getXYPlot().setRenderer(new XYLineAndShapeRenderer());
        if (isLogarithmic) chart.getXYPlot().setDomainAxis(new LogAxis(across));
        ChartUtils.saveChartAsPNG(file.toFile(), chart, 800, 500);
    }
}
