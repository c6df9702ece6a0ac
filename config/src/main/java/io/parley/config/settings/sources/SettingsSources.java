package io.parley.config.settings.sources;

import io.parley.config.settings.sources.SettingValues.Value;
import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where settings come from. A later one overrides an earlier one: the bundled parley.yaml, a file, the environment,
 * flags.
 *
 * @param flags by key
 */
public record SettingsSources(Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    /** The origin of a value that nobody has set. */
    static final String DEFAULT = "default";

    private static final String FILE_VARIABLE = "PARLEY_CONFIG";

    /** @param flag the file that {@code --config} names; without it the one in PARLEY_CONFIG, else ./parley.yaml */
    public static SettingsSources of(
            Optional<String> flag, Map<String, String> environment, Map<String, String> flags) {
        var file = flag.or(() -> Optional.ofNullable(environment.get(FILE_VARIABLE)))
                .map(Path::of)
                .or(() -> Optional.of(Path.of("parley.yaml")).filter(Files::exists));
        return new SettingsSources(file, environment, flags);
    }

    /** Fails with {@link SettingsException} if a source cannot be read or has a name that is not a setting's. */
    public SettingValues read(Vertx vertx, SettingsCatalogue catalogue) {
        var values = new LinkedHashMap<String, Value>();
        for (var setting : catalogue.settings()) values.put(setting.key(), new Value(setting.defaultText(), DEFAULT));
        file.ifPresent(path -> values.putAll(fromFile(vertx, path, catalogue)));
        values.putAll(fromEnvironment(catalogue));
        values.putAll(fromFlags());
        return new SettingValues(values);
    }

    private static Map<String, Value> fromFile(Vertx vertx, Path path, SettingsCatalogue catalogue) {
        var values = new LinkedHashMap<String, Value>();
        SettingsTree.flat(yaml(vertx, path)).forEach((key, text) -> values.put(key, new Value(text, path.toString())));
        var renamed = RenamedSettings.renamed(values);
        for (var key : renamed.keySet()) if (!catalogue.has(key)) throw unknown(key, path.toString());
        return renamed;
    }

    private static JsonObject yaml(Vertx vertx, Path path) {
        var store = new ConfigStoreOptions()
                .setType("file")
                .setFormat("yaml")
                .setConfig(new JsonObject()
                        .put("path", path.toAbsolutePath().toString())
                        .put("raw-data", true));
        var retriever = ConfigRetriever.create(
                vertx, new ConfigRetrieverOptions().setScanPeriod(-1).addStore(store));
        try {
            return retriever.getConfig().await();
        } catch (RuntimeException failure) {
            throw new SettingsException(path.toString(), "cannot read this file: " + failure.getMessage());
        } finally {
            retriever.close();
        }
    }

    private Map<String, Value> fromEnvironment(SettingsCatalogue catalogue) {
        var values = new TreeMap<String, Value>();
        environment.forEach((name, text) -> {
            if (!name.startsWith(Setting.PREFIX) || name.equals(FILE_VARIABLE)) return;
            if (ServiceVariables.isOne(name, text)) return;
            var key = catalogue
                    .keyOfVariable(name)
                    .or(() -> RenamedSettings.oldKeyOfVariable(name))
                    .orElseThrow(() -> unknown(name, "environment"));
            values.put(key, new Value(text, name));
        });
        return RenamedSettings.renamed(values);
    }

    private Map<String, Value> fromFlags() {
        var values = new TreeMap<String, Value>();
        flags.forEach((key, text) -> values.put(key, new Value(text, Setting.flag(key))));
        return RenamedSettings.renamed(values);
    }

    private static SettingsException unknown(String name, String origin) {
        return new SettingsException(
                name, "unknown setting (" + origin + "); run `parley settings` to list all of them");
    }
}
