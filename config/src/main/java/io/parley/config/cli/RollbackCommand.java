package io.parley.config.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "rollback",
        description =
                "Take the schema back to an older version, for an older Parley. What only the newer ones keep is lost.")
final class RollbackCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Commands commands;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "N",
            description = "The version to end at, as migrate --status lists them; 0 takes everything away.")
    private int version;

    @Override
    public void run() {
        commands.maintain(this::rollback);
    }

    private void rollback(CommandContext maintenance) {
        int scripts = maintenance.migrations().rollback(version);
        maintenance.tell("The schema is at version " + version + "; undo scripts run: " + scripts + ".");
    }
}
