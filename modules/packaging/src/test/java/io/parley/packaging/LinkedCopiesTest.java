package io.parley.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZInputStream;
import org.tukaani.xz.XZOutputStream;

class LinkedCopiesTest {
    @Test
    void linksFurtherCopiesAndKeepsEverythingElse() throws IOException {
        var packed = new ByteArrayOutputStream();

        LinkedCopies.pack(new ByteArrayInputStream(archive()), packed);

        assertThat(entries(packed.toByteArray()))
                .containsExactly(
                        Map.entry("lib/", "folder"),
                        Map.entry("lib/libicu.77.dylib", "file 493 engine"),
                        Map.entry("lib/libicu.dylib", "link libicu.77.dylib"),
                        Map.entry("bin/engine", "link ../lib/libicu.77.dylib"),
                        Map.entry("share/engine", "file 420 engine"),
                        Map.entry("share/empty", "file 420 "),
                        Map.entry("share/nothing", "file 420 "));
    }

    private static byte[] archive() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options(1)))) {
            tar.putArchiveEntry(new TarArchiveEntry("lib/"));
            tar.closeArchiveEntry();
            add(tar, "lib/libicu.77.dylib", 0755, "engine");
            add(tar, "lib/libicu.dylib", 0755, "engine");
            add(tar, "bin/engine", 0755, "engine");
            add(tar, "share/engine", 0644, "engine");
            add(tar, "share/empty", 0644, "");
            add(tar, "share/nothing", 0644, "");
        }
        return bytes.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, String name, int mode, String content) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        entry.setSize(content.length());
        tar.putArchiveEntry(entry);
        tar.write(content.getBytes(UTF_8));
        tar.closeArchiveEntry();
    }

    private static Map<String, String> entries(byte[] packed) throws IOException {
        var entries = new LinkedHashMap<String, String>();
        try (var tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(packed)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry())
                entries.put(entry.getName(), text(entry, tar));
        }
        return entries;
    }

    private static String text(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        if (entry.isDirectory()) return "folder";
        if (entry.isSymbolicLink()) return "link " + entry.getLinkName();
        return "file " + (entry.getMode() & 0777) + " " + new String(tar.readAllBytes(), UTF_8);
    }
}
