package io.parley.config.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void storesAnArchive() throws IOException {
        Files.createDirectories(folder.resolve("cache"));
        jar = Files.writeString(folder.resolve("parley.jar"), "a jar");
        archive().replace(written("classes"));
    }

    private ClassArchive archive() throws IOException {
        return ClassArchive.of(folder, jar.toString());
    }

    private Path written(String content) throws IOException {
        return Files.writeString(folder.resolve("archive"), content);
    }

    @Test
    void isFoundForItsJarOnly() throws IOException {
        assertThat(archive().find()).hasValueSatisfying(file -> assertThat(file).hasContent("classes"));

        Files.writeString(jar, "a newer jar");

        assertThat(archive().find()).isEmpty();
    }

    @Test
    void aDamagedOneIsNotFound() throws IOException {
        var file = archive().find().orElseThrow();
        Files.writeString(file, "class");

        assertThat(archive().find()).isEmpty();
    }

    @Test
    void aNewOneTakesThePlaceOfAllOthers() throws IOException {
        for (var suffix : new String[] {".jsa", ".aot"})
            Files.writeString(folder.resolve("cache").resolve("parley-of-another-jvm" + suffix), "");
        Files.writeString(jar, "a newer jar");
        archive().replace(written("newer classes"));

        assertThat(archive().find()).hasValueSatisfying(file -> assertThat(file).hasContent("newer classes"));
        try (var files = Files.list(folder.resolve("cache"))) {
            assertThat(files).hasSize(1);
        }
    }
}
