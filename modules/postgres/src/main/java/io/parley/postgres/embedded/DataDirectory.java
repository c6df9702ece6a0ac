package io.parley.postgres.embedded;

import com.sun.security.auth.module.UnixSystem;
import io.parley.kernel.Secret;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.programs.FileTree;
import io.parley.postgres.programs.PostgresBinaries;
import io.parley.postgres.programs.PostgresCommand;
import io.parley.postgres.programs.ServerAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of an embedded server and the account that its programs run under.
 *
 * @param directory Parley's data directory
 */
public record DataDirectory(
        PostgresBinaries binaries,
        Path directory,
        ServerAccount account,
        Secret password,
        boolean durable,
        long sharedBuffersBytes) {
    public static final String USER = "parley";

    private static final Logger logger = LoggerFactory.getLogger(DataDirectory.class);
    private static final String UNFINISHED = ".initializing-";

    /** Creates the database files unless they exist. */
    public static DataDirectory prepare(Path directory, EmbeddedSettings settings) throws IOException {
        var cluster = new DataDirectory(
                PostgresBinaries.unpack(settings.binaries()),
                directory,
                ServerAccount.choose(data(directory)),
                PasswordFile.readOrCreate(directory),
                settings.durable(),
                settings.sharedBuffersBytes());
        cluster.restrictLog();
        if (!Files.isDirectory(cluster.data())) cluster.initialize();
        cluster.account.changeOwner(cluster.data());
        return cluster;
    }

    public static Path data(Path directory) {
        return directory.resolve("pgdata");
    }

    /** The data directory in the sense of PostgreSQL. */
    public Path data() {
        return data(directory);
    }

    /** The log file of the server. */
    public Path log() {
        return directory.resolve("postgresql.log");
    }

    public DatabaseUrl url(int port) {
        return EmbeddedAddress.url(port, password);
    }

    // Only its owner can: a mounted volume may belong to another account and a group that this process is in.
    private void restrictDirectory() throws IOException {
        if (FileTree.owner(directory) == new UnixSystem().getUid())
            FileTree.setPermissions(directory, account.isOther() ? "rwx--x--x" : "rwx------");
    }

    // It names databases, addresses and, at some levels, statements.
    private void restrictLog() throws IOException {
        if (!Files.exists(log())) Files.createFile(log());
        FileTree.setPermissions(log(), "rw-------");
    }

    // Renamed at the end, so that a killed process leaves no incomplete database behind.
    private void initialize() throws IOException {
        restrictDirectory();
        removeUnfinished();
        var unfinished = Files.createTempDirectory(directory, UNFINISHED);
        var passwordFile = Files.copy(PasswordFile.in(directory), unfinished.resolve("password"));
        FileTree.setPermissions(passwordFile, "r--------");
        account.changeOwner(unfinished);
        logger.info("Creating a new database in {}", data());
        command(initdb(unfinished.resolve("pgdata"), passwordFile)).run("the database cannot be created");
        Files.move(unfinished.resolve("pgdata"), data());
        FileTree.delete(unfinished);
    }

    private void removeUnfinished() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith(UNFINISHED))
                    .toList()) {
                FileTree.delete(file);
            }
        }
    }

    private List<String> initdb(Path target, Path passwordFile) {
        return List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + target,
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--set=scram_iterations=" + PasswordHash.ITERATIONS,
                "--no-instructions",
                durable ? "--sync-method=fsync" : "--no-sync");
    }

    public PostgresCommand command(List<String> command) {
        return new PostgresCommand(account.asServer(command), directory, log());
    }
}
