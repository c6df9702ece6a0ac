package io.parley.bench.soak.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** The samples of the first node and the latencies, by quarter of the run; the first one is for warming up. */
final class Quarters {
    /** Below this p99 in ms it may grow. */
    private static final double FAST_ENOUGH = 20;

    private final double quarterSeconds;
    private final List<List<Sample.NodeUsage>> usage = IntStream.range(0, 4)
            .mapToObj(quarter -> new ArrayList<Sample.NodeUsage>())
            .map(list -> (List<Sample.NodeUsage>) list)
            .toList();
    private final List<Histogram> latency =
            IntStream.range(0, 4).mapToObj(quarter -> new Histogram(3)).toList();

    Quarters(double seconds) {
        quarterSeconds = seconds / 4;
    }

    /** @param calm latencies since the last sample that nothing disturbed */
    void add(Sample sample, Histogram calm) {
        int quarter = (int) Math.min(3, sample.seconds() / quarterSeconds);
        latency.get(quarter).add(calm);
        usage.get(quarter).add(sample.nodes().get(0));
    }

    /** The last quarter against the second. */
    List<Check> checks() {
        double before = p99(1);
        return List.of(
                new Check("heap after collection, growth", 1.1, growth(Sample.NodeUsage::heap)),
                new Check("resident memory, growth", 1.15, growth(Sample.NodeUsage::resident)),
                new Check(
                        "descriptors, more",
                        10,
                        median(3, Sample.NodeUsage::descriptors) - median(1, Sample.NodeUsage::descriptors)),
                new Check("p99 in ms", Math.max(FAST_ENOUGH, 1.5 * before), p99(3)));
    }

    private double growth(ToLongFunction<Sample.NodeUsage> field) {
        return median(3, field) / median(1, field);
    }

    /** Fails if there is no sample, so that a check that measured nothing does not pass. */
    private double median(int quarter, ToLongFunction<Sample.NodeUsage> field) {
        var values = usage.get(quarter).stream()
                .mapToLong(field)
                .filter(value -> value >= 0)
                .sorted()
                .toArray();
        return values.length == 0 ? Double.NaN : values[values.length / 2];
    }

    private double p99(int quarter) {
        var histogram = latency.get(quarter);
        return histogram.getTotalCount() == 0 ? Double.NaN : histogram.getValueAtPercentile(99) / 1000.0;
    }
}
