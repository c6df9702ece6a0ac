package io.parley.storage.keys;

import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keyset of this process, opened when it is first needed: a command that meets nothing encrypted needs none. Never creates one,
 * because it could not open what is stored. Fails unavailable if it is missing or damaged; the log has the reason.
 */
final class KeysetSource {
    private static final Logger log = LoggerFactory.getLogger(KeysetSource.class);

    private final Vertx vertx;
    private final KeysetSettings settings;
    private @Nullable KeysetHolder holder;

    KeysetSource(Vertx vertx, KeysetSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
    }

    /** The keyset as it is in the file now. */
    Future<Keyset> current() {
        return vertx.executeBlocking(() -> holder().current(), false).recover(KeysetSource::problem);
    }

    private synchronized KeysetHolder holder() {
        if (holder == null) holder = KeysetHolder.openExisting(settings);
        return holder;
    }

    private static <T> Future<T> problem(Throwable failure) {
        if (!(failure instanceof KeysetException)) return Future.failedFuture(failure);
        log.error("The keyset cannot be used: {}", failure.getMessage());
        return Future.failedFuture(Problem.unavailable());
    }
}
