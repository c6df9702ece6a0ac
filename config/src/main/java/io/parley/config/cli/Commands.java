package io.parley.config.cli;

import io.parley.config.cluster.ClusterSettingsCheck;
import io.parley.config.server.Resources;
import io.parley.config.server.Server;
import io.parley.config.server.VertxSettings;
import io.parley.config.settings.Setting;
import io.parley.config.settings.Settings;
import io.parley.config.settings.SettingsCatalogue;
import io.parley.config.settings.SettingsSources;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line; every setting is a flag of each command. */
@Command(
        name = "parley",
        description = "The self-hosted backend for AI assistants. Without a command it serves.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        scope = ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        subcommands = {
            MigrateCommand.class,
            RollbackCommand.class,
            PurgeCommand.class,
            AdminCommand.class,
            KeysCommand.class,
            ImportCommand.class,
            ExportCommand.class
        })
public final class Commands implements Callable<Integer> {
    private static final String FILE = "--config";
    private static final String CLUSTER = "--cluster";

    private final Map<String, String> environment;
    private final SettingsCatalogue catalogue = SettingsCatalogue.bundled();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private Commands(Map<String, String> environment) {
        this.environment = environment;
    }

    public static CommandLine line(Map<String, String> environment) {
        var commands = new Commands(environment);
        var line = new CommandLine(commands);
        line.getCommandSpec().addOption(option("FILE", "A file with settings. (./parley.yaml, if there is one)", FILE));
        line.getCommandSpec().addOption(join());
        for (var setting : commands.catalogue.settings()) {
            var name = setting.key().equals("cluster.roles")
                    ? new String[] {setting.flag(), "--roles"}
                    : new String[] {setting.flag()};
            line.getCommandSpec().addOption(option("VALUE", described(setting), name));
        }
        return line.setParameterExceptionHandler(CliErrors::misused).setExecutionExceptionHandler(CliErrors::failed);
    }

    private static OptionSpec join() {
        return OptionSpec.builder(CLUSTER)
                .type(boolean.class)
                .description("Join other nodes: cluster.enabled.")
                .scopeType(ScopeType.INHERIT)
                .build();
    }

    private static OptionSpec option(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(String.class)
                .paramLabel(label)
                .description(description.replace("%", "%%")) // which picocli would read as a format
                .scopeType(ScopeType.INHERIT)
                .build();
    }

    private static String described(Setting setting) {
        return setting.description() + (setting.standard().isEmpty() ? "" : " (" + setting.standard() + ")");
    }

    @Override
    public Integer call() throws InterruptedException {
        return serve();
    }

    @Command(description = "Serve the API until told to stop. This is also what happens without a command.")
    int serve() throws InterruptedException {
        try (var running = new Resources()) {
            var vertx = vertx(running);
            var settings = settings(vertx);
            ClusterSettingsCheck.check(settings);
            new Server(vertx, settings, running).run();
        }
        return ExitCode.OK;
    }

    /** Does one thing to the database, beside a running server or without one, and leaves nothing running behind. */
    void maintain(Consumer<CommandContext> work) {
        QuietLogging.logs();
        try (var running = new Resources()) {
            ShutdownHook.stops(running);
            var vertx = vertx(running);
            work.accept(new CommandContext(
                    vertx, settings(vertx), running, spec.commandLine().getOut()));
        }
    }

    private static Vertx vertx(Resources running) {
        var vertx = Vertx.vertx(VertxSettings.options());
        running.add("Vert.x", () -> vertx.close().await());
        return vertx;
    }

    private Settings settings(Vertx vertx) {
        return Settings.from(sources().read(vertx, catalogue));
    }

    private SettingsSources sources() {
        var flags = new HashMap<String, String>();
        if (spec.findOption(CLUSTER).getValue() == Boolean.TRUE) flags.put("cluster.enabled", "true");
        catalogue.settings().forEach(setting -> flag(setting.flag()).ifPresent(text -> flags.put(setting.key(), text)));
        return SettingsSources.of(flag(FILE), environment, flags);
    }

    private Optional<String> flag(String name) {
        return Optional.ofNullable(spec.findOption(name)).map(OptionSpec::getValue);
    }
}
