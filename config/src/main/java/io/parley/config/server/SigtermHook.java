package io.parley.config.server;

import java.time.Duration;

/** What becomes of the process when it is told to end (SIGTERM, SIGINT). */
final class SigtermHook {
    private static final int FAILED = 1;

    /**
     * From now on {@code stop} runs before the process ends.
     *
     * @param limit the process ends after that, however far {@code stop} has come
     */
    static SigtermHook by(Runnable stop, Duration limit) {
        var hook = new Thread(() -> end(stop, limit), "termination");
        Runtime.getRuntime().addShutdownHook(hook);
        return new SigtermHook(hook);
    }

    private final Thread hook;

    private SigtermHook(Thread hook) {
        this.hook = hook;
    }

    // After a signal the JVM exits with 128 + its number once its hooks are done; a stop that was asked for and went
    // well is no failure, and only halting says so.
    private static void end(Runnable stop, Duration limit) {
        var watchdog = new Thread(() -> haltAfter(limit), "termination-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
        stop.run();
        Runtime.getRuntime().halt(0);
    }

    private static void haltAfter(Duration limit) {
        try {
            Thread.sleep(limit.toMillis());
        } catch (InterruptedException ended) {
            return;
        }
        Runtime.getRuntime().halt(FAILED);
    }

    /** The process ends by itself and needs no stop any more. False where it has been told to end meanwhile. */
    boolean forget() {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            return false;
        }
    }
}
