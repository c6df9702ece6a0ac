package io.parley.storage.backup;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A place for a backup: a file, which appears when it is complete and safe on the disk, or the standard output. */
public final class BackupFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> FOR_OWNER =
            PosixFilePermissions.asFileAttribute(OWNER_ONLY);

    /** Blocks. An older file stays until the new one replaces it. Fails with {@link BackupException}, and leaves nothing then. */
    public static BackupResult write(BackupWriter writer, Path file) {
        long started = System.nanoTime();
        try {
            if (Files.isDirectory(file))
                throw new BackupException("cannot write the file " + file + ": it is a folder");
            var manifest = write(writer, file, partOf(file));
            return BackupResult.of(manifest, Files.size(file), started);
        } catch (IOException failure) {
            throw new BackupException("cannot write the file " + file + ": " + reason(failure), failure);
        }
    }

    /** What the file is called until it is complete. */
    public static Path partOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    private static Manifest write(BackupWriter writer, Path file, Path part) throws IOException {
        try (var channel = FileChannel.open(part, Set.of(CREATE, WRITE), FOR_OWNER)) {
            if (isTaken(channel)) throw new BackupException("another backup is writing the file " + part);
            try {
                Files.setPosixFilePermissions(part, OWNER_ONLY);
                channel.truncate(0);
                var manifest = writer.write(Channels.newOutputStream(channel));
                channel.force(true);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                syncFolder(file);
                return manifest;
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

    private static boolean isTaken(FileChannel part) throws IOException {
        try {
            return part.tryLock() == null;
        } catch (OverlappingFileLockException inThisProcess) {
            return true;
        }
    }

    private static void syncFolder(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null) return;
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The same to the standard output. */
    public static BackupResult writeToStandardOutput(BackupWriter writer) {
        long started = System.nanoTime();
        try {
            var out = new CountedOutput(new FileOutputStream(FileDescriptor.out));
            return BackupResult.of(writer.write(out), out.bytes(), started);
        } catch (IOException failure) {
            throw new BackupException("cannot write to the standard output: " + failure.getMessage(), failure);
        }
    }

    private static String reason(IOException failure) {
        return failure instanceof NoSuchFileException
                ? "its folder does not exist"
                : String.valueOf(failure.getMessage());
    }

    private BackupFile() {}
}
