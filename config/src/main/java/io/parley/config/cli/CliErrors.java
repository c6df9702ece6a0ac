package io.parley.config.cli;

import io.parley.config.server.StartException;
import io.parley.config.settings.SettingsException;
import io.parley.kernel.Problem;
import io.parley.postgres.DatabaseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Failures as the command line tells them: one line each, and an exit code. */
final class CliErrors {
    static int misused(ParameterException failure, String[] arguments) {
        return tell(failure.getCommandLine(), failure.getMessage(), ExitCode.USAGE);
    }

    static int failed(Exception failure, CommandLine line, ParseResult arguments) {
        if (failure instanceof SettingsException) return tell(line, failure.getMessage(), ExitCode.USAGE);
        if (failure instanceof StartException || failure instanceof DatabaseException || failure instanceof Problem)
            return tell(line, failure.getMessage(), ExitCode.SOFTWARE);
        LoggerFactory.getLogger(CliErrors.class).error("Nobody foresaw this", failure);
        return tell(line, failure.toString(), ExitCode.SOFTWARE);
    }

    private static int tell(CommandLine line, @Nullable String failure, int code) {
        line.getErr().println("parley: " + String.valueOf(failure).strip().replaceAll("\\R\\s*", " "));
        return code;
    }

    private CliErrors() {}
}
