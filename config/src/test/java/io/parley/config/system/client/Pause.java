package io.parley.config.system.client;

/** The pause between two polls. */
public final class Pause {
    private static final long MILLIS = 30;

    public static void briefly() {
        try {
            Thread.sleep(MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private Pause() {}
}
