package io.parley.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
    void leavesNothingBehindWhenItFails() throws IOException {
        var file = folder.resolve("key");
        Files.createDirectories(file.resolve("not-empty"));

        assertThatThrownBy(() -> SecretFile.write(file, new Secret("text"))).isInstanceOf(IOException.class);
        assertThat(folder).isDirectoryNotContaining(each -> !each.equals(file));
    }
}
