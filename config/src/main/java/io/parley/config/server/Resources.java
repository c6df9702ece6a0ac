package io.parley.config.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started; closing stops it in reverse order, and what cannot be stopped keeps nothing else running. */
public final class Resources implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Resources.class);

    private record Part(String name, AutoCloseable stop) {}

    private final Deque<Part> parts = new ArrayDeque<>();

    public synchronized void add(String name, AutoCloseable stop) {
        parts.push(new Part(name, stop));
    }

    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) stop(parts.pop());
    }

    @SuppressWarnings("InterruptedException")
    private static void stop(Part part) {
        try {
            part.stop().close();
        } catch (Exception failure) {
            log.warn("{} did not stop well", part.name(), failure);
        }
    }
}
