package io.parley.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {
    @TempDir
    Path folder;

    @Test
    void isReadableByItsOwnerAlone() throws IOException {
        var file = folder.resolve("new/key");

        SecretFile.write(file, new Secret("first"));

        assertThat(file).hasContent("first");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void replacesTheFileAndLeavesNothingBesideIt() throws IOException {
        var file = folder.resolve("key");
        Files.writeString(file, "a longer text that was there before");

        SecretFile.write(file, new Secret("second"));

        assertThat(file).hasContent("second");
        assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining(each -> !each.equals(file));
    }

    @Test
    void waitsForTheDiskToHaveTheContentAndThenTheName() throws IOException {
        var file = folder.resolve("key");

        var forced = forcedDuring(() -> SecretFile.write(file, new Secret("text")));

        assertThat(forced).hasSize(2);
        assertThat(forced.get(0).getFileName().toString()).startsWith(".key-");
        assertThat(forced.get(1)).isEqualTo(folder);
    }

    @Test
    void leavesNothingBehindWhenItFails() throws IOException {
        var file = folder.resolve("key");
        Files.createDirectories(file.resolve("not-empty"));

        assertThatThrownBy(() -> SecretFile.write(file, new Secret("text"))).isInstanceOf(IOException.class);
        assertThat(folder).isDirectoryNotContaining(each -> !each.equals(file));
    }

    private interface Write {
        void run() throws IOException;
    }

    // What the operating system was asked to write to the disk, in turn.
    private List<Path> forcedDuring(Write write) throws IOException {
        var events = folder.resolveSibling(folder.getFileName() + ".jfr");
        try (var recording = new Recording()) {
            recording.enable("jdk.FileForce").withoutThreshold();
            recording.start();
            write.run();
            recording.stop();
            recording.dump(events);
            return RecordingFile.readAllEvents(events).stream()
                    .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                    .map(event -> Path.of(event.getString("path")))
                    .filter(path -> path.startsWith(folder))
                    .toList();
        } finally {
            Files.deleteIfExists(events);
        }
    }
}
