package io.parley.kernel;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes files that hold keys and passwords. */
public final class SecretFile {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /**
     * Replaces the file as a whole; its folder is created if it is missing. No other user can read the file at any
     * time, no reader sees half of it, and once this has returned, a power failure loses neither the file nor its name. Blocks.
     */
    public static void write(Path file, Secret content) throws IOException {
        var folder = Files.createDirectories(file.toAbsolutePath().getParent());
        var draft = Files.createTempFile(folder, "." + file.getFileName() + "-", "", OWNER_ONLY);
        try {
            Files.writeString(draft, content.value());
            sync(draft, WRITE);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            sync(folder, READ);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void sync(Path path, OpenOption access) throws IOException {
        try (var channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }

    private SecretFile() {}
}
