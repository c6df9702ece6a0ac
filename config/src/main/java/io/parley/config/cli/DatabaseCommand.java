package io.parley.config.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "database", description = "What an operator of PostgreSQL has to do for Parley.")
final class DatabaseCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Commands commands;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }

    @Command(
            description = "Print the statements that create the roles of row-level security, for a superuser to run"
                    + " in Parley's database if database.url's user may not create roles.")
    void roles() {
        commands.runOnDatabase(context -> context.roles().forEach(statement -> context.print(statement + ";")));
    }
}
