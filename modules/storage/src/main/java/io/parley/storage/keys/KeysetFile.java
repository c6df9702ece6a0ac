package io.parley.storage.keys;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.parley.kernel.Secret;
import io.parley.kernel.SecretFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * The keyset in a file that only its owner can read. The file is replaced as a whole, and only after the new content is
 * synced to disk: a row encrypted with a key that a power cut erases would be lost. Every method blocks and fails with
 * {@link KeysetException}.
 */
public record KeysetFile(Path path) {
    /** Differs between a file and the one that replaces it. */
    record Version(FileTime modified, long size, @Nullable Object inode) {}

    public KeysetFile {
        path = path.toAbsolutePath();
    }

    /** Creates the file if it is missing. */
    Keyset readOrCreate() {
        return guarded(() -> locked(() -> Files.exists(path) ? read() : write(Keyset.generate())));
    }

    public Keyset read() {
        return guarded(() -> Keyset.parse(new Secret(Files.readString(path)), "the keyset file " + path));
    }

    Version version() {
        return guarded(() -> {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        });
    }

    /** Adds a new primary key. Two rotations at the same time, from any process, both leave their keys. */
    public Keyset rotate() {
        return guarded(() -> locked(() -> write(read().withNewPrimary())));
    }

    private Keyset write(Keyset keyset) throws IOException {
        SecretFile.write(path, keyset.text());
        return keyset;
    }

    // The file lock keeps other processes out, the monitor other threads of this process.
    private <T> T locked(Work<T> work) throws IOException {
        synchronized (KeysetFile.class) {
            Files.createDirectories(path.resolveSibling(""));
            try (var channel = FileChannel.open(path.resolveSibling(path.getFileName() + ".lock"), CREATE, WRITE);
                    var lock = channel.lock()) {
                if (!lock.isValid()) throw new IOException("the lock was lost");
                return work.run();
            }
        }
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T guarded(Work<T> work) {
        try {
            return work.run();
        } catch (NoSuchFileException missing) {
            throw new KeysetException("the keyset file " + path + " is missing; restore it from a backup");
        } catch (CharacterCodingException damaged) {
            throw new KeysetException("the keyset file " + path + " is damaged; restore it from a backup");
        } catch (IOException failure) {
            throw new KeysetException("the keyset file " + path + " cannot be used: " + failure);
        }
    }
}
