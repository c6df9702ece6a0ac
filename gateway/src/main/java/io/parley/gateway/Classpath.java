package io.parley.gateway;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Files that come inside the jar. */
final class Classpath {
    /** @param path from the root, beginning with a slash */
    static byte[] bytes(String path) {
        try (var file = Classpath.class.getResourceAsStream(path)) {
            if (file == null) throw new FileNotFoundException(path);
            return file.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Classpath() {}
}
