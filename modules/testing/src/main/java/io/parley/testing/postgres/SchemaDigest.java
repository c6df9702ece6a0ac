package io.parley.testing.postgres;

import io.parley.testing.FixtureData;
import io.parley.testing.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Distinguishes templates that were made from different migrations or fixtures. */
final class SchemaDigest {
    static String current() {
        var digest = new CRC32C();
        try (var fixtures = FixtureData.class.getResourceAsStream("FixtureData.class")) {
            digest.update(Objects.requireNonNull(fixtures).readAllBytes());
            for (var folder : Repository.migrations()) add(digest, folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return Long.toHexString(digest.getValue());
    }

    private static void add(CRC32C digest, Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (var file : files.sorted().toList()) digest.update(Files.readAllBytes(file));
        }
    }

    private SchemaDigest() {}
}
