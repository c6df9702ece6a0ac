package io.parley.postgres.embedded;

import com.sun.security.auth.module.UnixSystem;
import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.programs.FileTree;
import io.parley.postgres.programs.ServerAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A new database in a data directory, which appears there when it is complete: until then it lies in a folder of its own. Unless it
 * was published, closing it leaves the directory as it was.
 */
public final class StagedDatabase implements AutoCloseable {
    private static final String UNFINISHED = ".restoring-";
    private static final String LOCK = "parley.lock";

    private final Path directory;
    private final boolean isNewDirectory;
    private final DirectoryLock lock;
    private final Path folder;
    private @Nullable EmbeddedPostgres postgres;
    private boolean isClosed;

    private StagedDatabase(Path directory, boolean isNewDirectory, DirectoryLock lock) throws IOException {
        this.directory = directory;
        this.isNewDirectory = isNewDirectory;
        this.lock = lock;
        this.folder = Files.createTempDirectory(directory, UNFINISHED);
    }

    /** Fails with {@link DatabaseException} if the directory has a database already, or is in use. Blocks. */
    public static StagedDatabase create(Path dataDirectory) {
        requireNone(dataDirectory);
        try {
            boolean isNew = Files.notExists(dataDirectory);
            var directory = Files.createDirectories(dataDirectory).toRealPath();
            var lock = DirectoryLock.take(directory);
            try {
                removeUnfinished(directory);
                letServerIn(directory);
                return new StagedDatabase(directory, isNew, lock);
            } catch (IOException | RuntimeException failure) {
                lock.close();
                removeUnfinished(directory);
                removeLock(directory, isNew);
                throw failure;
            }
        } catch (IOException failure) {
            throw new DatabaseException("the data directory " + dataDirectory + " cannot be used: " + failure, failure);
        }
    }

    /** Fails with {@link DatabaseException} if the directory has a database. */
    public static void requireNone(Path dataDirectory) {
        if (EmbeddedPostgres.attach(dataDirectory).isPresent())
            throw new DatabaseException("a Parley server is running on the data directory " + dataDirectory
                    + ": stop it, and choose another data.dir");
        if (EmbeddedPostgres.exists(dataDirectory))
            throw new DatabaseException("the data directory " + dataDirectory
                    + " holds a database: choose another data.dir, or move it away");
    }

    // Of a process that was killed. Its server may live on.
    private static void removeUnfinished(Path directory) throws IOException {
        for (var folder : list(directory)) {
            if (!folder.getFileName().toString().startsWith(UNFINISHED)) continue;
            if (EmbeddedPostgres.attach(folder).isPresent())
                EmbeddedPostgres.start(folder).close();
            FileTree.delete(folder);
        }
    }

    private static void letServerIn(Path directory) throws IOException {
        if (FileTree.owner(directory) == new UnixSystem().getUid())
            FileTree.setPermissions(
                    directory,
                    ServerAccount.choose(DataDirectory.data(directory)).isOther() ? "rwx--x--x" : "rwx------");
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    /** Starts its server, and blocks until it accepts connections. */
    public synchronized DatabaseUrl start() {
        if (isClosed) throw new DatabaseException("the new database in " + directory + " was given up");
        postgres = EmbeddedPostgres.start(folder);
        return postgres.url();
    }

    private void stop() {
        if (postgres != null) postgres.close();
    }

    /** Files that are put here become part of the data directory, too. */
    public Path folder() {
        return folder;
    }

    /** Stops the server and moves everything into the data directory. Blocks. */
    public synchronized void publish() {
        stop();
        try {
            for (var file : list(folder)) {
                var name = file.getFileName().toString();
                if (!name.equals(LOCK) && !file.equals(DataDirectory.data(folder))) publish(file);
            }
            publish(DataDirectory.data(folder));
            FileTree.delete(folder);
            lock.close();
            isClosed = true;
        } catch (IOException failure) {
            throw new DatabaseException(
                    "the database cannot be moved into the data directory " + directory + ": " + failure, failure);
        }
    }

    // The programs of PostgreSQL may be there already.
    private void publish(Path file) throws IOException {
        var target = directory.resolve(file.getFileName());
        if (!Files.isDirectory(target)) Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Stops the server and removes everything, unless it was published. */
    @Override
    public synchronized void close() {
        if (isClosed) return;
        isClosed = true;
        stop();
        try {
            FileTree.delete(folder);
            lock.close();
            removeLock(directory, isNewDirectory);
        } catch (IOException failure) {
            throw new DatabaseException(
                    "the unfinished database " + folder + " cannot be removed: " + failure, failure);
        }
    }

    private static void removeLock(Path directory, boolean isNewDirectory) throws IOException {
        if (!isNewDirectory) return;
        Files.deleteIfExists(directory.resolve(LOCK));
        Files.deleteIfExists(directory);
    }
}
