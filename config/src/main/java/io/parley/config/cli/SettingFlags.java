package io.parley.config.cli;

import io.parley.config.settings.sources.RenamedSettings;
import io.parley.config.settings.sources.Setting;
import io.parley.config.settings.sources.SettingsCatalogue;
import io.parley.config.settings.sources.SettingsSources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** The settings as flags of every command. They are hidden in the help of each, because {@code settings} lists them. */
final class SettingFlags {
    private static final String CONFIG = "--config";
    private static final String CLUSTER = "--cluster";

    /** Short names of flags, by key. */
    private static final Map<String, String> SHORT_NAMES = Map.of("cluster.roles", "--roles");

    private final List<String> keys;

    SettingFlags(SettingsCatalogue catalogue) {
        this.keys = Stream.concat(catalogue.settings().stream().map(Setting::key), RenamedSettings.oldKeys().stream())
                .toList();
    }

    void addTo(CommandSpec command) {
        command.addOption(option(String.class, CONFIG)
                .paramLabel("FILE")
                .description("A file with settings (default: ./parley.yaml, if it exists).")
                .build());
        command.addOption(option(boolean.class, CLUSTER).hidden(true).build());
        for (var key : keys)
            command.addOption(option(String.class, names(key)).hidden(true).build());
    }

    private static String[] names(String key) {
        return Stream.concat(Stream.of(Setting.flag(key)), Stream.ofNullable(SHORT_NAMES.get(key)))
                .toArray(String[]::new);
    }

    private static OptionSpec.Builder option(Class<?> type, String... names) {
        return OptionSpec.builder(names).type(type).scopeType(ScopeType.INHERIT);
    }

    SettingsSources sources(CommandSpec command, Map<String, String> environment) {
        var flags = new HashMap<String, String>();
        if (command.findOption(CLUSTER).getValue() == Boolean.TRUE) flags.put("cluster.enabled", "true");
        for (var key : keys) value(command, Setting.flag(key)).ifPresent(text -> flags.put(key, text));
        return SettingsSources.of(value(command, CONFIG), environment, flags);
    }

    private static Optional<String> value(CommandSpec command, String flag) {
        return Optional.ofNullable(command.findOption(flag)).map(OptionSpec::getValue);
    }
}
