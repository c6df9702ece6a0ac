package io.parley.config.server;

import java.time.Duration;

/** Stops the server when a signal ends the process (SIGTERM, SIGINT). */
final class SigtermHook {
    private static final int EXIT_TIMED_OUT = 1;

    private final Thread hook;

    private SigtermHook(Thread hook) {
        this.hook = hook;
    }

    /**
     * Runs {@code stop} before the process ends.
     *
     * @param limit after this the process ends, even if {@code stop} still runs
     * @param afterwards runs when {@code stop} has ended in time, without a limit
     */
    static SigtermHook install(Runnable stop, Duration limit, Runnable afterwards) {
        var hook = new Thread(() -> stopAndExit(stop, limit, afterwards), "sigterm");
        Runtime.getRuntime().addShutdownHook(hook);
        return new SigtermHook(hook);
    }

    // After a signal the JVM exits with 128 + its number. A requested stop that went well must exit with 0, and only
    // halting can set that.
    private static void stopAndExit(Runnable stop, Duration limit, Runnable afterwards) {
        var watchdog = new Thread(() -> haltAfter(limit), "sigterm-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
        stop.run();
        watchdog.interrupt();
        afterwards.run();
        Runtime.getRuntime().halt(0);
    }

    private static void haltAfter(Duration limit) {
        try {
            Thread.sleep(limit.toMillis());
        } catch (InterruptedException ended) {
            return;
        }
        Runtime.getRuntime().halt(EXIT_TIMED_OUT);
    }

    /** Returns false if the hook already runs. */
    boolean remove() {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            return false;
        }
    }
}
