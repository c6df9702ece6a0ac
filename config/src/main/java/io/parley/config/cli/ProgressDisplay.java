package io.parley.config.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a long command is, where somebody looks on at a terminal. */
final class ProgressDisplay implements AutoCloseable {
    static final ProgressDisplay NONE = new ProgressDisplay(null);

    private static final long MEBIBYTE = 1024 * 1024;

    private final @Nullable ProgressBar bar;

    private ProgressDisplay(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    static ProgressDisplay ofBytes(String task, long all) {
        return shown(builder(task).setInitialMax(all).setUnit(" MiB", MEBIBYTE).showSpeed());
    }

    /** Of which nobody knows how many there will be. */
    static ProgressDisplay ofLines(String task) {
        return shown(builder(task).setInitialMax(-1).setUnit(" lines", 1).showSpeed());
    }

    private static ProgressBarBuilder builder(String task) {
        return new ProgressBarBuilder().setTaskName(task).setStyle(ProgressBarStyle.ASCII);
    }

    @SuppressWarnings("SystemConsoleNull") // on newer JDKs it is null where the property says so
    private static ProgressDisplay shown(ProgressBarBuilder bar) {
        // Newer JDKs have a console also where there is no terminal, unless they are told to look for one.
        System.setProperty("jdk.console", "java.base");
        return System.console() == null ? NONE : new ProgressDisplay(bar.build());
    }

    void add(long more) {
        if (bar != null) bar.stepBy(more);
    }

    @Override
    public void close() {
        if (bar != null) bar.close();
    }
}
