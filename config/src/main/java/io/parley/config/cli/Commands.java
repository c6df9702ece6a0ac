package io.parley.config.cli;

import io.parley.config.operations.BackupCommand;
import io.parley.config.operations.CommandHost;
import io.parley.config.operations.HealthCommand;
import io.parley.config.operations.RestoreCommand;
import io.parley.config.serve.Serve;
import io.parley.config.server.Resources;
import io.parley.config.settings.Settings;
import io.parley.config.settings.sources.SettingsCatalogue;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line. */
@Command(
        name = "parley",
        description = "The self-hosted backend for AI assistants. Without a command it serves.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        scope = ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        footer = {"", "Every setting is also a flag of every command: `parley settings` lists them."},
        subcommands = {
            MigrateCommand.class,
            RollbackCommand.class,
            DatabaseCommand.class,
            PurgeCommand.class,
            AdminCommand.class,
            InviteCommand.class,
            KeysCommand.class,
            AuditCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            HealthCommand.class
        })
public final class Commands implements Callable<Integer>, CommandHost {
    private final Map<String, String> environment;
    private final SettingsCatalogue catalogue = SettingsCatalogue.bundled();
    private final SettingFlags flags = new SettingFlags(catalogue);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private Commands(Map<String, String> environment) {
        this.environment = environment;
    }

    public static CommandLine commandLine(Map<String, String> environment) {
        var commands = new Commands(environment);
        var line = new CommandLine(commands);
        commands.flags.addTo(line.getCommandSpec());
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(CliErrors::misused)
                .setExecutionExceptionHandler(CliErrors::failed);
    }

    @Override
    public Integer call() throws InterruptedException {
        return serve();
    }

    @Command(
            description = "Serve the API until the process is stopped. This is also what happens without a command.",
            footer = {
                "",
                "--cluster joins this process to other nodes; --roles=ROLE,… limits what runs in it.",
                "Every setting is also a flag of every command: `parley settings` lists them."
            })
    int serve() throws InterruptedException {
        Serve.run(flags.sources(spec, environment), catalogue);
        return ExitCode.OK;
    }

    @Command(description = "Print every setting with its default and description, as a file for --config.")
    void settings() {
        spec.commandLine().getOut().print(catalogue.page());
        spec.commandLine().getOut().flush();
    }

    @Override
    public void run(BiConsumer<Settings, Resources> command) {
        QuietLogging.enable();
        try (var resources = new Resources()) {
            ShutdownHook.closeOnShutdown(resources);
            command.accept(readSettings(Serve.startVertx(resources)), resources);
        }
    }

    @Override
    public PrintWriter out() {
        return spec.commandLine().getOut();
    }

    @Override
    public PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Runs a command on the database, with or without a running server, and stops everything that it started. */
    void runOnDatabase(Consumer<CommandContext> command) {
        QuietLogging.enable();
        try (var resources = new Resources()) {
            ShutdownHook.closeOnShutdown(resources);
            var vertx = Serve.startVertx(resources);
            command.accept(new CommandContext(
                    vertx, readSettings(vertx), resources, spec.commandLine().getOut()));
        }
    }

    private Settings readSettings(Vertx vertx) {
        return Settings.read(flags.sources(spec, environment).read(vertx, catalogue));
    }
}
