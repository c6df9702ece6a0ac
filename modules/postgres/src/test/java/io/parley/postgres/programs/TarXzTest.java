package io.parley.postgres.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class TarXzTest {
    @TempDir
    Path target;

    @Test
    void keepsPermissionsAndLinks() throws IOException {
        unpack(file("bin/run", 0750), link("bin/go", "run"));

        assertThat(Files.readString(target.resolve("bin/go"))).isEqualTo("text");
        assertThat(Files.readSymbolicLink(target.resolve("bin/go"))).isEqualTo(Path.of("run"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve("bin/run"))))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void refusesEntriesOutsideOfTheTarget() {
        assertThatThrownBy(() -> unpack(file("../out", 0644))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> unpack(link("bin/out", "../../etc"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> unpack(link("out", "/etc"))).isInstanceOf(IOException.class);
        assertThat(target.resolve("out")).doesNotExist();
    }

    private static TarArchiveEntry file(String name, int mode) {
        var entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        entry.setSize("text".length());
        return entry;
    }

    private static TarArchiveEntry link(String name, String to) {
        var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(to);
        return entry;
    }

    private void unpack(TarArchiveEntry... entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options()))) {
            for (var entry : entries) {
                tar.putArchiveEntry(entry);
                if (!entry.isSymbolicLink()) tar.write("text".getBytes(StandardCharsets.UTF_8));
                tar.closeArchiveEntry();
            }
        }
        TarXz.unpack(new ByteArrayInputStream(bytes.toByteArray()), target);
    }
}
