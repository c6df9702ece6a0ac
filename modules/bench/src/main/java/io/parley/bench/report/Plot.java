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

/** A chart of lines, written as PNG. */
final class Plot {
    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final XYSeriesCollection lines = new XYSeriesCollection();

    Plot(String title, String xLabel, String yLabel) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    void add(String line, double x, double y) {
        if (lines.getSeriesIndex(line) < 0) lines.addSeries(new XYSeries(line));
        lines.getSeries(line).add(x, y);
    }

    void write(Path file, boolean isLogarithmic) throws IOException {
        var chart = ChartFactory.createXYLineChart(
                title, xLabel, yLabel, lines, PlotOrientation.VERTICAL, true, false, false);
        chart.getXYPlot().setRenderer(new XYLineAndShapeRenderer());
        if (isLogarithmic) chart.getXYPlot().setDomainAxis(new LogAxis(xLabel));
        ChartUtils.saveChartAsPNG(file.toFile(), chart, 800, 500);
    }
}
