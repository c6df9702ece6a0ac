package io.parley.config.system.encryption;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.harness.JarDatabase;
import io.parley.config.system.harness.ParleyJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** All that is stored: the tables as a dump has them, in which bytes are hexadecimal, and the files, the write-ahead log included. */
record StoredBytes(ParleyJar jar) {
    /** Fails if one of these words is stored. */
    void assertNone(String... words) {
        var database = JarDatabase.of(jar);
        var tables = database.read("SELECT table_name FROM information_schema.tables"
                + " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'");
        for (var table : tables)
            for (var word : words)
                assertThat(database.read("SELECT count(*)::text FROM " + table + " t WHERE t::text LIKE '%" + word
                                + "%' OR t::text LIKE '%" + HexFormat.of().formatHex(word.getBytes(UTF_8)) + "%'"))
                        .as(table)
                        .containsExactly("0");
        database.execute("CHECKPOINT");
        assertThat(files()).filteredOn(file -> contains(file, words)).isEmpty();
    }

    // PostgreSQL removes files, also while they are listed or read.
    private List<Path> files() {
        var files = new ArrayList<Path>();
        try {
            Files.walkFileTree(jar.data(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) files.add(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return files;
    }

    private static boolean contains(Path file, String... words) {
        try {
            var content = new String(Files.readAllBytes(file), ISO_8859_1);
            return Stream.of(words).anyMatch(content::contains);
        } catch (IOException gone) {
            return false;
        }
    }
}
