package io.parley.bench.load;

import io.parley.bench.subject.ProcessUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One operation at full load, measured several times, each time together with its floors. */
public final class MeasuredRounds {
    /** The size of a response. */
    public final int bytes;

    private final List<Round> rounds = new ArrayList<>();
    private final Histogram latency = new Histogram(TimeUnit.MINUTES.toMicros(2), 3);

    public MeasuredRounds(int bytes) {
        this.bytes = bytes;
    }

    /**
     * @param parley the measurement of Parley itself
     * @param httpPerSecond requests a second of HTTP alone
     * @param sqlPerSecond requests a second of PostgreSQL alone, or NaN if that cannot be measured
     */
    public record Round(ClosedLoop.Result parley, ProcessUsage.Sample used, double httpPerSecond, double sqlPerSecond) {
        public double ratio() {
            return parley.perSecond() * (1 / httpPerSecond + 1 / sqlPerSecond);
        }

        private double requests() {
            return parley.latency().getTotalCount();
        }
    }

    public void add(Round round) {
        rounds.add(round);
        latency.add(round.parley.latency());
    }

    public double perSecond() {
        return median(round -> round.parley.perSecond());
    }

    /** Over all rounds. */
    public double millis(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1000.0;
    }

    public double httpPerSecond() {
        return median(Round::httpPerSecond);
    }

    public double sqlPerSecond() {
        return median(Round::sqlPerSecond);
    }

    public double ratio() {
        return median(Round::ratio);
    }

    public double lowestRatio() {
        return sorted(Round::ratio)[0];
    }

    public double highestRatio() {
        return sorted(Round::ratio)[rounds.size() - 1];
    }

    public double allocatedBytes() {
        return median(round -> round.used.allocatedBytes() / round.requests());
    }

    public double serverMillis() {
        return median(round -> round.used.serverMillis() / round.requests());
    }

    public double databaseMillis() {
        return median(round -> round.used.databaseMillis() / round.requests());
    }

    public long failed() {
        return rounds.stream().mapToLong(round -> round.parley.failed()).sum();
    }

    /** The first failure, if any. */
    public @Nullable Throwable failure() {
        for (var round : rounds) if (round.parley.failure() != null) return round.parley.failure();
        return null;
    }

    private double median(ToDoubleFunction<Round> value) {
        return sorted(value)[rounds.size() / 2];
    }

    private double[] sorted(ToDoubleFunction<Round> value) {
        return rounds.stream().mapToDouble(value).sorted().toArray();
    }
}
