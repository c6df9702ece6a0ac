package io.parley.postgres.embedded;

import io.parley.postgres.DatabaseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps other processes out of a data directory. The system releases the lock however the process ends. */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel file;

    private DirectoryLock(FileChannel file) {
        this.file = file;
    }

    static DirectoryLock take(Path directory) throws IOException {
        var file =
                FileChannel.open(directory.resolve("parley.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isTaken(file)) {
            file.close();
            throw new DatabaseException("the data directory " + directory + " is in use by another Parley process");
        }
        return new DirectoryLock(file);
    }

    private static boolean isTaken(FileChannel file) throws IOException {
        try {
            return file.tryLock() == null;
        } catch (OverlappingFileLockException inThisProcess) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
