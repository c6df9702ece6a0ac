package io.parley.config.start;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * The archive of loaded classes (class data sharing, JEP 350) in the cache folder of the data directory. Its name says for which jar and
 * JVM it is, and has its own check sum: a JVM that maps a damaged archive crashes (seen on 17.0.15: SIGBUS if it is cut short).
 *
 * @param prefix of its name
 */
record ClassArchive(Path folder, String prefix) {
    private static final String SUFFIX = ".jsa";

    /** @param jar as the command names it: the JVM compares the text */
    static ClassArchive of(Path dataDir, String jar) throws IOException {
        var file = Path.of(jar).toRealPath();
        var key = String.join(
                "\n",
                jar,
                file.toString(),
                String.valueOf(Files.size(file)),
                Files.getLastModifiedTime(file).toString(),
                System.getProperty("java.home"),
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"));
        var sum = new CRC32();
        sum.update(key.getBytes(StandardCharsets.UTF_8));
        return new ClassArchive(dataDir.resolve("cache"), "parley-" + hex(sum) + "-");
    }

    /** The archive, if it is there and whole. */
    Optional<Path> find() throws IOException {
        for (var file : files())
            if (name(file).equals(prefix + sum(file) + SUFFIX)) return Optional.of(file.toAbsolutePath());
        return Optional.empty();
    }

    /** Puts {@code file} in the place of all others. */
    void replace(Path file) throws IOException {
        var name = prefix + sum(file) + SUFFIX;
        for (var old : files()) Files.delete(old);
        Files.move(file, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file ->
                            name(file).startsWith("parley-") && name(file).endsWith(SUFFIX))
                    .toList();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static String sum(Path file) throws IOException {
        var sum = new CRC32();
        try (var in = new CheckedInputStream(Files.newInputStream(file), sum)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return hex(sum);
    }

    private static String hex(CRC32 sum) {
        return HexFormat.of().toHexDigits(sum.getValue(), 8);
    }
}
