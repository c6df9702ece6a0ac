package io.parley.config.serve;

import io.parley.config.server.StartException;
import io.parley.config.settings.sources.SettingsException;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.postgres.DatabaseException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Prints a failure as one line and chooses the exit code. */
public final class ExitCodes {
    /** As picocli's, which is not loaded for a plain start. */
    public static final int OK = 0;

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    /** Returns the exit code. */
    public static int print(Exception failure, Consumer<String> err) {
        if (failure instanceof SettingsException) return print(failure.getMessage(), MISUSED, err);
        if (failure instanceof Problem problem) return print(text(problem), FAILED, err);
        if (failure instanceof StartException || failure instanceof DatabaseException)
            return print(failure.getMessage(), FAILED, err);
        LoggerFactory.getLogger(ExitCodes.class).error("Unexpected failure", failure);
        return print(failure.toString(), FAILED, err);
    }

    /** Prints this message. Returns the code. */
    public static int print(@Nullable String message, int code, Consumer<String> err) {
        err.accept("parley: " + String.valueOf(message).strip().replaceAll("\\R\\s*", " "));
        return code;
    }

    private static String text(Problem problem) {
        return problem.kind() == Kind.INVALID
                ? problem.faults().stream()
                        .map(fault -> fault.pointer().replaceFirst("^/", "") + " " + fault.detail())
                        .collect(Collectors.joining("; "))
                : problem.detail();
    }

    private ExitCodes() {}
}
