package io.parley.users.signin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Makes work whose duration could reveal who has an account take a fixed time. */
public final class EvenTime {
    /** Far more than a few statements take on a database that is not overloaded. */
    private static final Duration TIME = Duration.ofMillis(250);

    private final Vertx vertx;

    public EvenTime(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Completes like the work, but not before the time is over. */
    <T> Future<T> of(Supplier<Future<T>> work) {
        var over = vertx.timer(TIME.toMillis(), TimeUnit.MILLISECONDS);
        return work.get().eventually(() -> over);
    }
}
