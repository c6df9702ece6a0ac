package io.parley.config;

import io.parley.config.cli.Commands;
import io.parley.config.server.HeapSettings;
import picocli.CommandLine;

/** Where the process begins. Exit codes: 0 done, 1 could not be done, 2 a wrong command, flag or setting. */
public final class Main {
    public static void main(String[] arguments) {
        HeapSettings.bound();
        System.exit(commandLine().execute(arguments));
    }

    private static CommandLine commandLine() {
        return Commands.line(System.getenv());
    }

    private Main() {}
}
