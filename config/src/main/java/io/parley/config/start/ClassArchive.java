package io.parley.config.start;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The archive of loaded classes ({@link ArchiveKind}) in the cache folder of the data directory. Its name says for which jar and
 * JVM it is, and has its own check sum: a JVM that maps a damaged archive crashes (seen on 17.0.15: SIGBUS if it is cut short).
 *
 * @param prefix of its name
 */
record ClassArchive(Path folder, String prefix) {
    // Of all kinds, because the JVM may be another one after each start.
    private static final List<String> SUFFIXES =
            Stream.of(ArchiveKind.values()).map(ArchiveKind::suffix).toList();

    private static final String SUFFIX = ArchiveKind.current().suffix();

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
                    .filter(file -> name(file).startsWith("parley-")
                            && SUFFIXES.stream().anyMatch(name(file)::endsWith))
                    .toList();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static String sum(Path file) throws IOException {
        var sum = new CRC32();
        // A third of the time that reading 50 MB through a buffer takes in a JVM that has just started.
        try (var in = FileChannel.open(file)) {
            sum.update(in.map(MapMode.READ_ONLY, 0, in.size()));
        }
        return hex(sum);
    }

    private static String hex(CRC32 sum) {
        return HexFormat.of().toHexDigits(sum.getValue(), 8);
    }
}
