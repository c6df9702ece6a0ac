package io.parley.config.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Ends the process when memory runs out, so that a supervisor restarts it. Whatever thread the error was thrown on may have left its
 * work half done: an event loop that goes on without its acceptor takes no connections and ignores signals. The JVM's own option,
 * -XX:+ExitOnOutOfMemoryError, cannot be set from a jar.
 *
 * <p>Vert.x and Netty catch what their threads throw, and log it; so every logged failure is looked at, at every level. The embedded
 * PostgreSQL goes on, as after {@code kill -9}, and the next process adopts it.
 */
public final class OutOfMemoryExit extends TurboFilter {
    /** The exit code of -XX:+ExitOnOutOfMemoryError. */
    static final int EXIT_CODE = 3;

    private static final int MAX_CAUSES = 10;

    /** From now on memory that runs out on any thread ends the process. */
    public static void install() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context)
            context.addTurboFilter(new OutOfMemoryExit());
        var log = LoggerFactory.getLogger(OutOfMemoryExit.class);
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            exitIfOutOfMemory(failure);
            log.error("Thread {} ended", thread.getName(), failure);
        });
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            @Nullable Logger logger,
            @Nullable Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable failure) {
        if (failure != null) exitIfOutOfMemory(failure);
        // Logback finds a failure behind other parameters only after its filters.
        if (parameters != null && parameters.length > 0 && parameters[parameters.length - 1] instanceof Throwable last)
            exitIfOutOfMemory(last);
        return FilterReply.NEUTRAL;
    }

    private static void exitIfOutOfMemory(Throwable failure) {
        var cause = failure;
        for (int at = 0; cause != null && at < MAX_CAUSES; at++, cause = cause.getCause())
            if (cause instanceof OutOfMemoryError error) exit(error);
    }

    // Not through the log: a logger calls this, and its appender may be what has run out. A failure here must
    // not keep the process alive.
    private static void exit(OutOfMemoryError error) {
        try {
            System.err.println("parley: out of memory: " + error.getMessage());
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
