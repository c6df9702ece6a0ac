package io.parley.config.settings;

import io.parley.config.settings.sources.SettingsCatalogue;
import io.parley.config.settings.sources.SettingsSources;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads settings as a start does. */
final class SettingsReader implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final SettingsCatalogue catalogue = SettingsCatalogue.bundled();

    SettingsCatalogue catalogue() {
        return catalogue;
    }

    Settings defaults() {
        return read(Optional.empty(), Map.of(), Map.of());
    }

    /** @param environment variables and their values */
    Settings read(Map<String, String> environment) {
        return read(Optional.empty(), environment, Map.of());
    }

    Settings read(Path file) {
        return read(Optional.of(file), Map.of(), Map.of());
    }

    Settings read(Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
        return Settings.read(new SettingsSources(file, environment, flags).read(vertx, catalogue));
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
