package io.parley.gateway.http;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Files inside the jar. */
public final class ClasspathFiles {
    /** @param path from the root of the class path, beginning with a slash */
    public static byte[] bytes(String path) {
        try (var file = ClasspathFiles.class.getResourceAsStream(path)) {
            if (file == null) throw new FileNotFoundException(path);
            return file.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private ClasspathFiles() {}
}
