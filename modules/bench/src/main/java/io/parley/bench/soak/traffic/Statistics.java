package io.parley.bench.soak.traffic;

import io.parley.bench.soak.nodes.Disturbances;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** What became of all requests, in bounded memory: counts, histograms, and the first few faults of each kind. */
public final class Statistics {
    private static final int EXAMPLES = 10;
    private static final List<Integer> ALLOWED_NEAR_RESTARTS = List.of(503, 504);

    /** What must not happen. */
    public enum Fault {
        /** A 5xx that no restart explains. */
        SERVER_ERROR("5xx but 503 and 504 near a restart"),
        /** A connection that broke, or an answer that did not come, far from a restart. */
        BROKEN("broken connections far from a restart"),
        /** A 4xx: everything that is sent is valid. */
        REFUSED("requests refused with 4xx"),
        /** An answer with other content than was acknowledged before. */
        WRONG("answers other than acknowledged"),
        /** Nothing known after a minute of attempts. */
        UNDECIDED("requests without a decision within a minute"),
        /** A turn that failed far from a restart. */
        TURN_FAILED("turns that failed far from a restart");

        public final String title;

        Fault(String title) {
            this.title = title;
        }
    }

    /**
     * Since the last one.
     *
     * @param latency of quick requests in microseconds
     * @param calm the same, without requests during restarts and forced garbage collections
     * @param statuses how often each occurred; 0 is a broken connection
     */
    public record Interval(Histogram latency, Histogram calm, Map<Integer, Long> statuses) {}

    private final Disturbances disturbances;
    private final long startedAt = System.nanoTime();
    private final Recorder latency = new Recorder(3);
    private final Recorder calm = new Recorder(3);
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final List<String> examples = new ArrayList<>();
    private Map<Integer, Long> statuses = new TreeMap<>();

    public Statistics(Disturbances disturbances) {
        this.disturbances = disturbances;
    }

    /** @param isExpected whether the caller knows what to do with this status below 500 */
    synchronized void answered(Call call, Answer answer, long sentAt, boolean isExpected) {
        long now = System.nanoTime();
        statuses.merge(answer.status(), 1L, Long::sum);
        if (answer.succeeded() && call.isQuick()) {
            long micros = TimeUnit.NANOSECONDS.toMicros(now - sentAt);
            latency.recordValue(micros);
            if (disturbances.isCalm(sentAt, now)) calm.recordValue(micros);
        }
        if (answer.succeeded() || isAllowed(answer, sentAt, now)) return;
        if (answer.status() >= 500) fault(Fault.SERVER_ERROR, call, answer);
        else if (answer.status() == 0) fault(Fault.BROKEN, call, answer);
        else if (!isExpected) fault(Fault.REFUSED, call, answer);
    }

    private boolean isAllowed(Answer answer, long sentAt, long now) {
        return (answer.status() == 0 || ALLOWED_NEAR_RESTARTS.contains(answer.status()))
                && disturbances.isNearRestart(sentAt, now);
    }

    boolean isNearRestart(long since) {
        return disturbances.isNearRestart(since, System.nanoTime());
    }

    private void fault(Fault fault, Call call, Answer answer) {
        fault(fault, call + " " + answer.status() + " " + answer.body());
    }

    synchronized void fault(Fault fault, String what) {
        if (faults.merge(fault, 1L, Long::sum) > EXAMPLES) return;
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedAt);
        examples.add("after " + seconds + " s: " + fault + " " + what.substring(0, Math.min(what.length(), 400)));
    }

    public synchronized long faults(Fault fault) {
        return faults.getOrDefault(fault, 0L);
    }

    public synchronized List<String> examples() {
        return List.copyOf(examples);
    }

    public synchronized Interval interval() {
        var counted = statuses;
        statuses = new TreeMap<>();
        return new Interval(latency.getIntervalHistogram(), calm.getIntervalHistogram(), counted);
    }
}
