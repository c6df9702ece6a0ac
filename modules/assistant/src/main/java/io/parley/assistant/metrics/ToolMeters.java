package io.parley.assistant.metrics;

import io.parley.kernel.telemetry.Meters;

/** Counts the calls of tools. */
public final class ToolMeters {
    /** For a tool that does not exist: its name is a model's. */
    public static final String OTHER = "other";

    /** Makes the meters of a tool. */
    public static void announce(String tool) {
        count(tool, false, 0);
        count(tool, true, 0);
    }

    public static void ran(String tool, boolean hasFailed) {
        count(tool, hasFailed, 1);
    }

    private static void count(String tool, boolean hasFailed, int more) {
        Meters.counter("parley.tool.calls", "Calls of tools.", "tool", tool, "outcome", hasFailed ? "failed" : "ok")
                .increment(more);
    }

    private ToolMeters() {}
}
