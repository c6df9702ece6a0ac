package io.parley.config;

import io.parley.config.cli.Commands;
import io.parley.config.serve.PlainStart;
import io.parley.config.server.HeapSettings;
import io.parley.config.server.OutOfMemoryExit;
import io.parley.config.start.ArchivedStart;

/** The entry point. Exit codes: 0 done, 1 failed, 2 wrong command, flag or setting. */
public final class Main {
    public static void main(String[] arguments) throws InterruptedException {
        var ended = ArchivedStart.run(arguments, System.getenv());
        if (ended.isPresent()) System.exit(ended.getAsInt());
        HeapSettings.apply();
        OutOfMemoryExit.install();
        var served = PlainStart.run(arguments, System.getenv());
        System.exit(
                served.isPresent()
                        ? served.getAsInt()
                        : Commands.commandLine(System.getenv()).execute(arguments));
    }

    private Main() {}
}
