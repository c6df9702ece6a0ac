package io.parley.config.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "rollback",
        description = "Undo migrations, so that an older version of Parley can use the database. Data that only the"
                + " newer schema can hold is lost.")
final class RollbackCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Commands commands;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "N",
            description = "The schema version to return to, as listed by `migrate --status`; 0 removes everything.")
    private int version;

    @Override
    public void run() {
        commands.runOnDatabase(this::rollback);
    }

    private void rollback(CommandContext context) {
        int scripts = context.migrations().rollback(version);
        context.print("The schema is at version " + version + "; undo scripts run: " + scripts + ".");
    }
}
