package io.parley.postgres.programs;

import io.parley.postgres.DatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/**
 * The programs of PostgreSQL, unpacked from the class path.
 *
 * @param home the folder that holds bin, lib and share
 */
public record PostgresBinaries(Path home) {
    public static PostgresBinaries unpack(Path parent) throws IOException {
        var home = parent.resolve("postgresql-" + version());
        if (!Files.isDirectory(home)) unpackInto(home);
        return new PostgresBinaries(home);
    }

    public Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    private static void unpackInto(Path home) throws IOException {
        try (InputStream archive = open()) {
            Files.createDirectories(home.getParent());
            unpackInto(home, archive);
        }
    }

    // Renamed at the end, so that a folder with its final name is complete, whoever was killed or came first.
    private static void unpackInto(Path home, InputStream archive) throws IOException {
        var unfinished = Files.createTempDirectory(home.getParent(), ".unpacking-");
        try {
            TarXz.unpack(archive, unfinished);
            FileTree.permit(unfinished, "rwxr-xr-x");
            Files.move(unfinished, home);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException otherWasFirst) {
            FileTree.delete(unfinished);
        } catch (IOException failure) {
            FileTree.delete(unfinished);
            throw failure;
        }
    }

    private static InputStream open() {
        String name = "/postgres-" + platform() + ".txz";
        var archive = PostgresBinaries.class.getResourceAsStream(name);
        if (archive == null) {
            throw new DatabaseException("there is no embedded PostgreSQL for this platform: name another server in"
                    + " PARLEY_DATABASE_URL");
        }
        return archive;
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        // The one published for Intel Macs holds both architectures.
        if (system.startsWith("mac")) return "darwin-x86_64";
        String processor = System.getProperty("os.arch");
        return system.replace(' ', '_') + "-"
                + (processor.equals("aarch64") ? "arm_64" : processor.replace("amd64", "x86_64"));
    }

    private static String version() throws IOException {
        var properties = new Properties();
        try (InputStream file = PostgresBinaries.class.getResourceAsStream("postgresql.properties")) {
            properties.load(file);
        }
        return properties.getProperty("version");
    }
}
