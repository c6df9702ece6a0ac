package io.parley.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The source tree that the tests run in. */
public final class Repository {
    public static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (@Nullable Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("modules"))) return folder;
        }
        throw new IllegalStateException("there is no folder with modules in it above " + start);
    }

    /** Returns the folders of all migrations. Tests need them by path, because a module cannot depend on its siblings. */
    public static List<Path> migrations() {
        try (Stream<Path> modules = Files.list(root().resolve("modules"))) {
            return modules.map(module -> module.resolve("src/main/resources/db/migration"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Repository() {}
}
