package io.parley.config.cli;

import io.parley.config.operations.UnhealthyException;
import io.parley.config.serve.ExitCodes;
import io.parley.storage.backup.BackupException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Prints a failure as one line and chooses the exit code. */
final class CliErrors {
    static int misused(ParameterException failure, String[] arguments) {
        return ExitCodes.print(
                failure.getMessage(), ExitCode.USAGE, failure.getCommandLine().getErr()::println);
    }

    static int failed(Exception failure, CommandLine line, ParseResult arguments) {
        return isExpected(failure)
                ? ExitCodes.print(failure.getMessage(), ExitCode.SOFTWARE, line.getErr()::println)
                : ExitCodes.print(failure, line.getErr()::println);
    }

    private static boolean isExpected(Exception failure) {
        return failure instanceof CommandException
                || failure instanceof BackupException
                || failure instanceof UnhealthyException;
    }

    private CliErrors() {}
}
