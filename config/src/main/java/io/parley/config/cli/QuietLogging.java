package io.parley.config.cli;

/** Keeps the log out of a command's output: only warnings are logged, to standard error. */
final class QuietLogging {
    /** Call it before anything is logged. logback.xml reads both properties. */
    static void enable() {
        System.setProperty("parley.log.level", "WARN");
        System.setProperty("parley.log.target", "System.err");
    }

    private QuietLogging() {}
}
