package io.parley.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageHealthcheckTest {
    private static final String LAYER = "010e8dc9737c223962272cef7bfb2791ee4fcb0910ee34c5d1d6b805b5039373.tar.gz";

    @TempDir
    private Path folder;

    @Test
    void addsTheCommandAndKeepsAllElse() throws IOException {
        var image = image("{\"os\":\"linux\",\"config\":{\"User\":\"10001\"}}");

        ImageHealthcheck.add(image, "/opt/java/bin/java", "health");

        var files = read(image);
        assertThat(files.keySet()).containsExactly(LAYER, "config.json", "manifest.json");
        assertThat(files)
                .containsEntry(LAYER, "layer")
                .containsEntry(
                        "config.json",
                        "{\"os\":\"linux\",\"config\":{\"Healthcheck\":{\"Test\":[\"CMD\",\"/opt/java/bin/java\",\"health\"],"
                                + "\"Interval\":10000000000,\"Timeout\":5000000000,\"StartPeriod\":120000000000,\"Retries\":3},"
                                + "\"User\":\"10001\"}}");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void makesTheSameFileOfTheSameFile() throws IOException {
        var image = image("{\"config\":{\"User\":\"10001\"}}");
        var copy = Files.copy(image, folder.resolve("copy.tar"));
        Files.setLastModifiedTime(copy, java.nio.file.attribute.FileTime.fromMillis(0));

        ImageHealthcheck.add(image, "health");
        ImageHealthcheck.add(copy, "health");

        assertThat(image).hasSameBinaryContentAs(copy);
    }

    @Test
    void refusesAConfigurationThatItDoesNotKnow() throws IOException {
        var image = image("{\"config\": {}}");

        assertThatThrownBy(() -> ImageHealthcheck.add(image, "health")).hasMessageContaining("not as Jib writes it");
        assertThat(read(image)).containsEntry("config.json", "{\"config\": {}}");
    }

    private Path image(String configuration) throws IOException {
        var image = folder.resolve("image.tar");
        try (var out = new TarArchiveOutputStream(Files.newOutputStream(image))) {
            put(out, LAYER, "layer");
            put(out, "config.json", configuration);
            put(out, "manifest.json", "[]");
        }
        return image;
    }

    private static void put(TarArchiveOutputStream out, String name, String text) throws IOException {
        var bytes = text.getBytes(UTF_8);
        var entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        entry.setModTime(0);
        out.putArchiveEntry(entry);
        out.write(bytes);
        out.closeArchiveEntry();
    }

    private static Map<String, String> read(Path image) throws IOException {
        var files = new LinkedHashMap<String, String>();
        try (var in = new TarArchiveInputStream(Files.newInputStream(image))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry())
                files.put(entry.getName(), new String(in.readAllBytes(), UTF_8));
        }
        return files;
    }
}
