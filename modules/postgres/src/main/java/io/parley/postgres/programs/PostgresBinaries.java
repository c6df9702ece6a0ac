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
    /** Unpacks the programs unless they are there already. */
    public static PostgresBinaries unpack(Path parent) throws IOException {
        var home = parent.resolve("postgresql-" + version());
        if (!Files.isDirectory(home)) unpackInto(home);
        return new PostgresBinaries(home);
    }

    /** Whether the class path has the programs for this platform. The slim jar has none. */
    public static boolean areIncluded() {
        return PostgresBinaries.class.getResource(archive()) != null;
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

    // Renamed at the end, so that a folder with the final name is complete even if a process was killed
    // or two unpack at once.
    private static void unpackInto(Path home, InputStream archive) throws IOException {
        var unfinished = Files.createTempDirectory(home.getParent(), ".unpacking-");
        try {
            TarXz.unpack(archive, unfinished);
            FileTree.setPermissions(unfinished, "rwxr-xr-x");
            Files.move(unfinished, home);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException unpackedMeanwhile) {
            FileTree.delete(unfinished);
        } catch (IOException failure) {
            FileTree.delete(unfinished);
            throw failure;
        }
    }

    private static InputStream open() {
        var archive = PostgresBinaries.class.getResourceAsStream(archive());
        if (archive == null) {
            throw new DatabaseException(
                    "Parley has no embedded PostgreSQL for this platform: set PARLEY_DATABASE_URL to"
                            + " the URL of a PostgreSQL server");
        }
        return archive;
    }

    private static String archive() {
        return "/postgres-" + platform() + ".txz";
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        // The archive for Intel Macs contains both architectures.
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
