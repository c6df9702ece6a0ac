package io.parley.config.cli;

import io.parley.config.server.Resources;

/** Stops what a command has started if the process ends in the middle of it (SIGTERM, SIGINT). */
final class ShutdownHook {
    static void closeOnShutdown(Resources resources) {
        var hook = new Thread(resources::close, "command-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        resources.add("the shutdown hook", () -> remove(hook));
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // the hook itself is closing the resources
        }
    }

    private ShutdownHook() {}
}
