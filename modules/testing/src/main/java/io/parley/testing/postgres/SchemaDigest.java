package io.parley.testing.postgres;

import io.parley.storage.migration.RowSecurity;
import io.parley.testing.FixtureData;
import io.parley.testing.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Distinguishes templates that were made from different migrations, policies or fixtures. */
final class SchemaDigest {
    static String current() {
        var digest = new CRC32C();
        try {
            add(digest, FixtureData.class, "FixtureData.class");
            add(digest, RowSecurity.class, "RowSecuritySql.class");
            add(digest, RowSecurity.class, "SystemGrants.class");
            for (var folder : Repository.migrations()) add(digest, folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return Long.toHexString(digest.getValue());
    }

    private static void add(CRC32C digest, Class<?> neighbour, String name) throws IOException {
        try (var file = neighbour.getResourceAsStream(name)) {
            digest.update(Objects.requireNonNull(file).readAllBytes());
        }
    }

    private static void add(CRC32C digest, Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (var file : files.sorted().toList()) digest.update(Files.readAllBytes(file));
        }
    }

    private SchemaDigest() {}
}
