package io.parley.config.cli;

import io.parley.config.server.Resources;

/** The end of a process in the middle of a command (SIGTERM, SIGINT). */
final class ShutdownHook {
    /** What has been started then stops, until it is closed otherwise. */
    static void stops(Resources running) {
        var hook = new Thread(running::close, "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        running.add("The interruption", () -> forget(hook));
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // the hook is at it
        }
    }

    private ShutdownHook() {}
}
