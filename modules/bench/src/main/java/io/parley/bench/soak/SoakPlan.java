package io.parley.bench.soak;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What to do.
 *
 * @param rate actions of users a second; most are one request
 * @param nodes at least two, because the first one is never restarted
 * @param out directory for the samples, the result and the logs
 */
public record SoakPlan(Path jar, Duration duration, double rate, int users, long seed, int nodes, Path out) {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(10);

    public SoakPlan {
        if (nodes < 2)
            throw new IllegalArgumentException("--nodes must be at least 2: the first one is never restarted");
        if (duration.compareTo(SHORTEST) < 0) throw new IllegalArgumentException("--duration must be at least 1m");
        if (users < 1) throw new IllegalArgumentException("--users must be at least 1");
        if (!(rate > 0)) throw new IllegalArgumentException("--rate must be above 0");
    }

    /** Between the end of a restart and the next one. Four begin in a short run, so that every quarter has one. */
    Duration betweenRestarts() {
        var sixth = duration.dividedBy(6);
        return sixth.compareTo(LONGEST_INTERVAL) < 0 ? sixth : LONGEST_INTERVAL;
    }

    JsonObject json() {
        return new JsonObject()
                .put("duration_seconds", duration.toSeconds())
                .put("rate", rate)
                .put("users", users)
                .put("seed", seed)
                .put("nodes", nodes);
    }
}
