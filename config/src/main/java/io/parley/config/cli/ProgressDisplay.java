package io.parley.config.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar for long commands. It shows only on a terminal. */
final class ProgressDisplay implements AutoCloseable {
    static final ProgressDisplay NONE = new ProgressDisplay(null);

    private static final long MEBIBYTE = 1024 * 1024;

    private final @Nullable ProgressBar bar;

    private ProgressDisplay(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    static ProgressDisplay ofBytes(String task, long total) {
        return ifTerminal(
                builder(task).setInitialMax(total).setUnit(" MiB", MEBIBYTE).showSpeed());
    }

    /** For an unknown number of lines. */
    static ProgressDisplay ofLines(String task) {
        return ifTerminal(builder(task).setInitialMax(-1).setUnit(" lines", 1).showSpeed());
    }

    private static ProgressBarBuilder builder(String task) {
        return new ProgressBarBuilder().setTaskName(task).setStyle(ProgressBarStyle.ASCII);
    }

    @SuppressWarnings("SystemConsoleNull") // the property below makes it null without a terminal
    private static ProgressDisplay ifTerminal(ProgressBarBuilder bar) {
        // From JDK 22 System.console() is not null without a terminal, unless this chooses the older implementation.
        System.setProperty("jdk.console", "java.base");
        return System.console() == null ? NONE : new ProgressDisplay(bar.build());
    }

    void add(long steps) {
        if (bar != null) bar.stepBy(steps);
    }

    @Override
    public void close() {
        if (bar != null) bar.close();
    }
}
