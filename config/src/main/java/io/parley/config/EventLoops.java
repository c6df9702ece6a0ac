package io.parley.config;

import io.vertx.core.VertxOptions;

/** One event loop for each core: more of them would only wake one another. */
final class EventLoops {
    static final int NUMBER = Runtime.getRuntime().availableProcessors();

    static VertxOptions options() {
        return new VertxOptions().setEventLoopPoolSize(NUMBER);
    }

    private EventLoops() {}
}
