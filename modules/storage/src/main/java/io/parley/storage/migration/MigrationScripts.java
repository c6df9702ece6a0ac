package io.parley.storage.migration;

import io.parley.kernel.crypto.Sha256;
import io.parley.postgres.DatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The migration scripts of this program and their fingerprint, which shows whether a schema was made by the same. */
final class MigrationScripts {
    private static final String CLASSPATH = "classpath:";
    private static final String FILESYSTEM = "filesystem:";
    private static final String ENDING = ".sql";
    private static final Pattern VERSION = Pattern.compile("V0*([0-9]+)__");

    /**
     * SHA-256 over the names and texts of all scripts, in hexadecimal digits. Computed at each start, because it takes
     * 55 ms of CPU in a start of 2.3 to 4.7 s, and a value that the build writes would have to be right for tests,
     * folders and the jar alike.
     */
    static String fingerprint(List<String> locations) {
        try {
            var digest = Sha256.digest();
            for (var script : read(locations).entrySet()) {
                digest.update((script.getKey() + '\n').getBytes(StandardCharsets.UTF_8));
                digest.update(script.getValue());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException | URISyntaxException failure) {
            throw new DatabaseException("the migration scripts cannot be read: " + failure, failure);
        }
    }

    /** The largest number of a script. */
    static int newestVersion(List<String> locations) {
        try {
            return read(locations).keySet().stream()
                    .map(VERSION::matcher)
                    .filter(Matcher::lookingAt)
                    .mapToInt(version -> Integer.parseInt(version.group(1)))
                    .max()
                    .orElseThrow();
        } catch (IOException | URISyntaxException failure) {
            throw new DatabaseException("the migration scripts cannot be read: " + failure, failure);
        }
    }

    private static SortedMap<String, byte[]> read(List<String> locations) throws IOException, URISyntaxException {
        var scripts = new TreeMap<String, byte[]>();
        for (var location : locations) {
            if (location.startsWith(FILESYSTEM)) folder(Path.of(location.substring(FILESYSTEM.length())), scripts);
            else classPath(location.substring(CLASSPATH.length()), scripts);
        }
        if (scripts.isEmpty()) throw new DatabaseException("no migration scripts were found in " + locations);
        return scripts;
    }

    private static void classPath(String folder, SortedMap<String, byte[]> scripts)
            throws IOException, URISyntaxException {
        for (URL place :
                Collections.list(MigrationScripts.class.getClassLoader().getResources(folder))) {
            if (place.openConnection() instanceof JarURLConnection jar) jar(jar, folder + "/", scripts);
            else folder(Path.of(URI.create(place.toString())), scripts);
        }
    }

    private static void jar(JarURLConnection place, String folder, SortedMap<String, byte[]> scripts)
            throws IOException {
        var jar = place.getJarFile();
        for (var entry : Collections.list(jar.entries())) {
            if (!entry.getName().startsWith(folder) || !entry.getName().endsWith(ENDING)) continue;
            try (InputStream script = jar.getInputStream(entry)) {
                scripts.put(entry.getName().substring(folder.length()), script.readAllBytes());
            }
        }
    }

    private static void folder(Path folder, SortedMap<String, byte[]> scripts) throws IOException {
        if (!Files.isDirectory(folder)) return;
        try (var files = Files.list(folder)) {
            for (var file :
                    files.filter(each -> each.toString().endsWith(ENDING)).toList())
                scripts.put(file.getFileName().toString(), Files.readAllBytes(file));
        }
    }

    private MigrationScripts() {}
}
