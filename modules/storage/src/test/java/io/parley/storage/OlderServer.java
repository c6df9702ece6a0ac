package io.parley.storage;

import io.parley.kernel.Secret;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.embedded.DataDirectory;
import io.parley.postgres.embedded.DurabilityCheck;
import io.parley.postgres.embedded.Postmaster;
import io.parley.postgres.programs.FileTree;
import io.parley.postgres.programs.PostgresBinaries;
import io.parley.postgres.programs.ServerAccount;
import io.parley.postgres.programs.TarXz;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A server of an older major version than the embedded one, from the archive that the build has fetched. */
public record OlderServer(DataDirectory cluster, Postmaster server) implements AutoCloseable {
    public static OlderServer start(int major) throws IOException {
        var folder = Path.of("target/postgresql-" + major).toAbsolutePath();
        var data = Files.createTempDirectory(folder, "data-");
        var cluster = new DataDirectory(
                unpack(folder), data, ServerAccount.choose(DataDirectory.data(data)), new Secret("lovelace"), false, 0);
        initialize(cluster);
        var server = Postmaster.adoptOrStart(cluster, 0);
        DurabilityCheck.prepare(cluster.url(server.port()), false);
        return new OlderServer(cluster, server);
    }

    public DatabaseUrl url() {
        return cluster.url(server.port());
    }

    private static PostgresBinaries unpack(Path folder) throws IOException {
        var home = folder.resolve("programs");
        if (Files.exists(home)) return new PostgresBinaries(home);
        try (Stream<Path> files = Files.list(folder)) {
            var archive = files.filter(file -> file.toString().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow();
            try (var bytes = Files.newInputStream(archive)) {
                TarXz.unpack(bytes, home);
            }
        }
        return new PostgresBinaries(home);
    }

    // The locale provider of the embedded server exists from PostgreSQL 17 on.
    private static void initialize(DataDirectory cluster) throws IOException {
        Files.createDirectory(cluster.data());
        cluster.account().changeOwner(cluster.directory());
        var passwordFile = cluster.directory().resolve("password");
        Files.writeString(passwordFile, cluster.password().value());
        cluster.command(List.of(
                        cluster.binaries().program("initdb").toString(),
                        "--pgdata=" + cluster.data(),
                        "--username=" + DataDirectory.USER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-sync"))
                .run("the older database cannot be made");
    }

    @Override
    public void close() {
        try {
            cluster.command(List.of(
                            cluster.binaries().program("pg_ctl").toString(),
                            "stop",
                            "--pgdata=" + cluster.data(),
                            "--mode=immediate"))
                    .run("the older server does not stop");
            server.process().onExit().join();
            FileTree.delete(cluster.directory());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
