package io.parley.config.cli;

/** What a command prints is its result: of the log only warnings are left, beside it. logback.xml reads both. */
final class QuietLogging {
    /** Before anything has logged. */
    static void logs() {
        System.setProperty("parley.log.level", "WARN");
        System.setProperty("parley.log.target", "System.err");
    }

    private QuietLogging() {}
}
