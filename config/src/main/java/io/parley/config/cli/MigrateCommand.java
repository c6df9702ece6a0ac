package io.parley.config.cli;

import io.parley.storage.migration.SchemaVersion;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "migrate",
        description = "Migrate the database to the schema of this version. Servers may keep running.")
final class MigrateCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Commands commands;

    @ArgGroup
    private Other other = new Other();

    /** At most one of them. */
    private static final class Other {
        @Option(names = "--status", description = "List the schema versions and their state, without any change.")
        private boolean status;

        @Option(
                names = "--distribute",
                description =
                        "Migrate, then distribute the tables over the nodes of a Citus cluster. Can be run again.")
        private boolean distribute;
    }

    @Override
    public void run() {
        if (other.status) commands.runOnDatabase(MigrateCommand::printStatus);
        else commands.runOnDatabase(other.distribute ? MigrateCommand::distribute : MigrateCommand::migrate);
    }

    private static void distribute(CommandContext context) {
        // First, so that a server without it is not changed.
        context.requireCitus();
        migrate(context);
        var tables = context.distribute();
        context.print(
                tables.isEmpty()
                        ? "All tables are distributed already."
                        : "Distributed " + tables.size() + " tables: " + String.join(", ", tables) + ".");
    }

    private static void migrate(CommandContext context) {
        int scripts = context.migrations().migrate();
        context.secure();
        context.print("The schema is up to date; scripts run: " + scripts + ".");
    }

    private static void printStatus(CommandContext context) {
        context.migrations().status().forEach(version -> context.print(row(version)));
    }

    private static String row(SchemaVersion version) {
        return String.format(
                        Locale.ROOT,
                        "%3d  %-32s %-8s %s",
                        version.version(),
                        version.description(),
                        version.state().name().toLowerCase(Locale.ROOT),
                        Objects.requireNonNullElse(version.appliedAt(), ""))
                .stripTrailing();
    }
}
