package io.parley.config.cli;

import io.parley.storage.migration.SchemaVersion;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "migrate",
        description = "Bring the database to this version's schema, alone or beside a running server.")
final class MigrateCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Commands commands;

    @Option(
            names = "--status",
            description = "Change nothing; list the versions of the schema and what became of them.")
    private boolean status;

    @Override
    public void run() {
        commands.maintain(status ? MigrateCommand::list : MigrateCommand::migrate);
    }

    private static void migrate(CommandContext maintenance) {
        int scripts = maintenance.migrations().migrate();
        maintenance.tell("The schema is current; scripts run: " + scripts + ".");
    }

    private static void list(CommandContext maintenance) {
        maintenance.migrations().status().forEach(version -> maintenance.tell(line(version)));
    }

    private static String line(SchemaVersion version) {
        return String.format(
                        Locale.ROOT,
                        "%3d  %-24s %-8s %s",
                        version.version(),
                        version.description(),
                        version.state().name().toLowerCase(Locale.ROOT),
                        Objects.requireNonNullElse(version.appliedAt(), ""))
                .stripTrailing();
    }
}
