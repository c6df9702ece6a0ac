package io.parley.config.settings;

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
 * Where settings come from, the later ones winning: the bundled parley.yaml, a file, the environment, flags.
 *
 * @param flags by key
 */
public record SettingsSources(Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    private static final String FILE_VARIABLE = "PARLEY_CONFIG";

    /** @param flag the file that {@code --config} names; without it PARLEY_CONFIG does, else it is ./parley.yaml */
    public static SettingsSources of(
            Optional<String> flag, Map<String, String> environment, Map<String, String> flags) {
        var file = flag.or(() -> Optional.ofNullable(environment.get(FILE_VARIABLE)))
                .map(Path::of)
                .or(() -> Optional.of(Path.of("parley.yaml")).filter(Files::exists));
        return new SettingsSources(file, environment, flags);
    }

    public SettingValues read(Vertx vertx, SettingsCatalogue catalogue) {
        var given = SettingsTree.flat(merged(vertx, catalogue));
        given.keySet().stream()
                .filter(key -> catalogue.withKey(key).isEmpty())
                .findFirst()
                .ifPresent(key -> unknown(key, file.map(Path::toString).orElse("")));
        var values = new LinkedHashMap<String, SettingValues.Value>();
        for (var setting : catalogue.settings()) {
            var text = given.getOrDefault(setting.key(), setting.standard());
            values.put(setting.key(), new SettingValues.Value(text, origin(setting)));
        }
        return new SettingValues(values);
    }

    private JsonObject merged(Vertx vertx, SettingsCatalogue catalogue) {
        var stores = new ConfigRetrieverOptions().setScanPeriod(-1).addStore(json(catalogue.standards()));
        file.ifPresent(path -> stores.addStore(yaml(path)));
        stores.addStore(json(variables(catalogue))).addStore(json(flags));
        var retriever = ConfigRetriever.create(vertx, stores);
        try {
            return retriever.getConfig().await();
        } catch (RuntimeException failure) {
            throw new SettingsException(
                    file.map(Path::toString).orElse("settings"), "cannot be read, " + failure.getMessage());
        } finally {
            retriever.close();
        }
    }

    private static ConfigStoreOptions json(Map<String, String> values) {
        return new ConfigStoreOptions().setType("json").setConfig(SettingsTree.nested(values));
    }

    private static ConfigStoreOptions yaml(Path file) {
        return new ConfigStoreOptions()
                .setType("file")
                .setFormat("yaml")
                .setConfig(new JsonObject()
                        .put("path", file.toAbsolutePath().toString())
                        .put("raw-data", true));
    }

    private Map<String, String> variables(SettingsCatalogue catalogue) {
        var byKey = new TreeMap<String, String>();
        environment.forEach((name, value) -> {
            if (!name.startsWith(Setting.PREFIX) || name.equals(FILE_VARIABLE)) return;
            catalogue
                    .withVariable(name)
                    .ifPresentOrElse(setting -> byKey.put(setting.key(), value), () -> unknown(name, "environment"));
        });
        return byKey;
    }

    private static void unknown(String name, String origin) {
        throw new SettingsException(name, "there is no such setting (" + origin + ")");
    }

    private String origin(Setting setting) {
        if (flags.containsKey(setting.key())) return setting.flag();
        if (environment.containsKey(setting.variable())) return setting.variable();
        return file.map(Path::toString).orElse("parley.yaml");
    }
}
