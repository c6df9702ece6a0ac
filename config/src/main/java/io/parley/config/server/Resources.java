package io.parley.config.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a process has started. Closing stops it in reverse order; a failure to stop one is logged and skipped. */
public final class Resources implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Resources.class);

    private record Resource(String name, AutoCloseable stop) {}

    private final Deque<Resource> started = new ArrayDeque<>();

    /** @param name for the log, such as "the embedded PostgreSQL" */
    public synchronized void add(String name, AutoCloseable stop) {
        started.push(new Resource(name, stop));
    }

    @Override
    public synchronized void close() {
        while (!started.isEmpty()) stop(started.pop());
    }

    @SuppressWarnings("InterruptedException")
    private static void stop(Resource resource) {
        try {
            resource.stop().close();
        } catch (Exception failure) {
            log.warn("Failed to stop {}", resource.name(), failure);
        }
    }
}
