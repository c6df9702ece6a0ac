package io.parley.config;

import io.parley.config.cli.Commands;
import io.parley.config.server.HeapSettings;
import io.parley.config.start.ParentWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The main class of a JVM that ends with an archive of classes, see {@link io.parley.config.start.ArchiveWriter}. It starts a server as far
 * as that goes without a database, because an archive also holds what the JVM makes of lambdas that were run, and loads the classes whose
 * names are in a file.
 */
public final class Training {
    /** @param arguments the file with the names, and a folder for settings and secrets of the server */
    public static void main(String[] arguments) throws IOException {
        ParentWatch.start();
        HeapSettings.apply();
        startServer(Path.of(arguments[1]));
        for (var name : Files.readAllLines(Path.of(arguments[0]))) load(name);
        System.exit(0);
    }

    // Nothing listens at the port of the database. No setting of the real server counts here: neither its files nor its
    // environment.
    private static void startServer(Path folder) throws IOException {
        var settings = Files.writeString(folder.resolve("settings.yaml"), """
                data: {dir: "%s"}
                http: {port: 0}
                database: {url: "postgresql://parley:none@127.0.0.1:1/parley"}
                """.formatted(folder.resolve("data")));
        Commands.commandLine(Map.of("PARLEY_CONFIG", settings.toString())).execute();
    }

    private static void load(String name) {
        try {
            Class.forName(name, false, Training.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError ofAnotherLoader) {
            // It is left out of the archive.
        }
    }

    private Training() {}
}
