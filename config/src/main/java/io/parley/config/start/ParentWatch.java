package io.parley.config.start;

import java.io.IOException;

/**
 * Ends this process when the one that started it is gone ({@code kill -9}): the pipe between them, its standard input, then ends. What it
 * leaves is what {@code kill -9} of the server leaves.
 */
public final class ParentWatch {
    /** As a shell reports an end by SIGKILL. */
    private static final int EXIT_KILLED = 128 + 9;

    public static void start() {
        var thread = new Thread(ParentWatch::watch, "parent-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static void watch() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is sent.
            }
        } catch (IOException closed) {
            // The same as its end.
        }
        kill();
        Runtime.getRuntime().halt(EXIT_KILLED);
    }

    // To halt took up to 2.5 s just after a start, probably because HotSpot first waits for its compilers.
    private static void kill() {
        try {
            new ProcessBuilder(
                            "sh", "-c", "kill -KILL " + ProcessHandle.current().pid())
                    .start();
        } catch (IOException noShell) {
            // Then it halts.
        }
    }

    private ParentWatch() {}
}
