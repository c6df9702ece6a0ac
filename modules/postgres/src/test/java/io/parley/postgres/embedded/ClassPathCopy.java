package io.parley.postgres.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the class path of these tests for another user, who may not have access to the folders of this one. */
final class ClassPathCopy {
    static String into(Path folder) throws IOException {
        var copies = new ArrayList<String>();
        for (Path entry : entries()) {
            copies.add(copy(entry, folder.resolve("classpath-" + copies.size())).toString());
        }
        return String.join(File.pathSeparator, copies);
    }

    private static List<Path> entries() {
        var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(classPath.split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .toList();
    }

    private static Path copy(Path from, Path to) throws IOException {
        if (Files.isRegularFile(from)) return Files.copy(from, Path.of(to + ".jar"));
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) Files.copy(file, to.resolve(from.relativize(file)));
        }
        return to;
    }

    private ClassPathCopy() {}
}
