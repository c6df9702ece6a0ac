package io.parley.config.system.client;

/** The pause between two polls or two requests. */
public final class Pause {
    private static final long POLL_MILLIS = 30;
    private static final long REQUEST_MILLIS = 10;

    public static void briefly() {
        sleep(POLL_MILLIS);
    }

    /** For a client that sends all the time: without it, a few of them keep all cores busy. */
    public static void betweenRequests() {
        sleep(REQUEST_MILLIS);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private Pause() {}
}
