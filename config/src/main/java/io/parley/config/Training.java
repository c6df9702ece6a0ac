package io.parley.config;

import io.parley.config.serve.PlainStart;
import io.parley.config.serve.Serve;
import io.parley.config.server.HeapSettings;
import io.parley.config.server.Resources;
import io.parley.config.server.Server;
import io.parley.config.settings.Settings;
import io.parley.config.settings.sources.SettingsCatalogue;
import io.parley.config.settings.sources.SettingsSources;
import io.parley.config.start.ParentWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The main class of a JVM that ends with an archive of classes, see {@link io.parley.config.start.ArchiveWriter}. It does
 * what a start does, as far as that goes without a database, because an archive also holds what the JVM makes of lambdas
 * that were run, and loads the classes whose names are in a file.
 */
public final class Training {
    /** @param arguments the file with the names, and a folder for settings and secrets of the server */
    public static void main(String[] arguments) throws IOException {
        ParentWatch.start();
        HeapSettings.apply();
        var settings = settings(Path.of(arguments[1]));
        PlainStart.run(new String[0], Map.of("PARLEY_CONFIG", settings.toString()));
        rehearse(settings);
        for (var name : Files.readAllLines(Path.of(arguments[0]))) load(name);
        System.exit(0);
    }

    // Nothing listens at the port of the database. No setting of the real server counts here: neither
    // its files nor its environment.
    private static Path settings(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("settings.yaml"), """
                data: {dir: "%s"}
                http: {port: 0}
                database: {url: "postgresql://parley:none@127.0.0.1:1/parley"}
                """.formatted(Files.createDirectories(folder.resolve("data"))));
    }

    private static void rehearse(Path file) {
        try (var resources = new Resources()) {
            var vertx = Serve.startVertx(resources);
            var sources = SettingsSources.of(Optional.of(file.toString()), Map.of(), Map.of());
            var settings = Settings.read(sources.read(vertx, SettingsCatalogue.bundled()));
            new Server(vertx, settings, resources).rehearse();
        } catch (RuntimeException withoutDatabase) {
            // What ran until then is enough.
        }
    }

    private static void load(String name) {
        try {
            var loader = Training.class.getClassLoader();
            // The constants of an enum often hold lambdas, as do those for the types of PostgreSQL.
            if (Class.forName(name, false, loader).isEnum()) Class.forName(name, true, loader);
        } catch (ClassNotFoundException | LinkageError ofAnotherLoader) {
            // It is left out of the archive.
        }
    }

    private Training() {}
}
