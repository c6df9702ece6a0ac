package io.parley.config.cli;

import io.parley.config.operations.UnhealthyException;
import io.parley.config.server.StartException;
import io.parley.config.settings.sources.SettingsException;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.postgres.DatabaseException;
import io.parley.storage.backup.BackupException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Prints a failure as one line and chooses the exit code. */
final class CliErrors {
    static int misused(ParameterException failure, String[] arguments) {
        return print(failure.getCommandLine(), failure.getMessage(), ExitCode.USAGE);
    }

    static int failed(Exception failure, CommandLine line, ParseResult arguments) {
        if (failure instanceof SettingsException) return print(line, failure.getMessage(), ExitCode.USAGE);
        if (failure instanceof Problem problem) return print(line, text(problem), ExitCode.SOFTWARE);
        if (isExpected(failure)) return print(line, failure.getMessage(), ExitCode.SOFTWARE);
        LoggerFactory.getLogger(CliErrors.class).error("Unexpected failure", failure);
        return print(line, failure.toString(), ExitCode.SOFTWARE);
    }

    private static String text(Problem problem) {
        return problem.kind() == Kind.INVALID
                ? problem.faults().stream()
                        .map(fault -> fault.pointer().replaceFirst("^/", "") + " " + fault.detail())
                        .collect(Collectors.joining("; "))
                : problem.detail();
    }

    private static boolean isExpected(Exception failure) {
        return failure instanceof CommandException
                || failure instanceof StartException
                || failure instanceof DatabaseException
                || failure instanceof BackupException
                || failure instanceof UnhealthyException;
    }

    private static int print(CommandLine line, @Nullable String message, int exitCode) {
        line.getErr().println("parley: " + String.valueOf(message).strip().replaceAll("\\R\\s*", " "));
        return exitCode;
    }

    private CliErrors() {}
}
