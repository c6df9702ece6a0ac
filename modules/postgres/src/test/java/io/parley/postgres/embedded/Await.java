package io.parley.postgres.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Polls a condition for at most 30 s. */
public final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    public static void until(Callable<Boolean> condition) throws Exception {
        var end = Instant.now().plus(LIMIT);
        while (!condition.call()) {
            if (Instant.now().isAfter(end)) throw new AssertionError("not within " + LIMIT);
            Pause.forDuration(Duration.ofMillis(20));
        }
    }

    private Await() {}
}
