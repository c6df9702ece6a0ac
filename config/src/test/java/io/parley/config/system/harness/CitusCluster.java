package io.parley.config.system.harness;

import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.programs.FileTree;
import io.parley.postgres.programs.PostgresBinaries;
import io.parley.postgres.programs.PostgresCommand;
import io.parley.postgres.programs.ServerAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A coordinator and two workers of Citus on loopback, from the programs in the folder that the environment variable
 * CITUS_BIN names.
 */
public final class CitusCluster implements AutoCloseable {
    private static final String SETTINGS = """
        shared_preload_libraries = 'citus'
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        fsync = off
        port = %d
        """;

    private record Node(Path data, int port) {}

    private final PostgresBinaries programs;
    private final Path folder =
            Path.of("target", "citus", UUID.randomUUID().toString()).toAbsolutePath();
    private final List<Node> nodes = new ArrayList<>();
    private final ServerAccount account;

    /** Empty unless CITUS_BIN is set. */
    public static Optional<PostgresBinaries> programs() {
        return Optional.ofNullable(System.getenv("CITUS_BIN"))
                .map(bin -> new PostgresBinaries(Path.of(bin).getParent()));
    }

    public static CitusCluster start(PostgresBinaries programs) {
        try {
            var cluster = new CitusCluster(programs);
            for (int node = 0; node < 3; node++) cluster.startNode(node);
            cluster.join();
            return cluster;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private CitusCluster(PostgresBinaries programs) throws IOException {
        this.programs = programs;
        Files.createDirectories(folder);
        this.account = ServerAccount.choose(folder);
        account.changeOwner(folder);
    }

    private void startNode(int number) throws IOException {
        var node = new Node(folder.resolve("node" + number), ParleyJar.freePort());
        run("initdb", "--pgdata=" + node.data(), "--username=parley", "--auth=trust", "--encoding=UTF8", "--locale=C");
        Files.writeString(
                node.data().resolve("postgresql.conf"), SETTINGS.formatted(node.port()), StandardOpenOption.APPEND);
        run(
                "pg_ctl",
                "start",
                "--wait",
                "--pgdata=" + node.data(),
                "--log=" + folder.resolve("node" + number + ".log"));
        nodes.add(node);
        database("postgres", node).execute("CREATE DATABASE parley");
        database("parley", node).execute("CREATE EXTENSION citus");
    }

    private void join() {
        var coordinator = database();
        coordinator.execute(
                "SELECT citus_set_coordinator_host('127.0.0.1', " + nodes.get(0).port() + ")");
        for (var worker : nodes.subList(1, nodes.size()))
            coordinator.execute("SELECT citus_add_node('127.0.0.1', " + worker.port() + ")");
    }

    /** The database on the coordinator. */
    public JarDatabase database() {
        return database("parley", nodes.get(0));
    }

    private static JarDatabase database(String name, Node node) {
        return new JarDatabase(DatabaseUrl.parse(
                "postgresql://parley:trusted@127.0.0.1:" + node.port() + "/" + name + "?sslmode=disable"));
    }

    private void run(String program, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(programs.program(program).toString());
        command.addAll(List.of(arguments));
        new PostgresCommand(account.asServer(command), folder, folder.resolve("programs.log"))
                .run(program + " of the Citus cluster failed");
    }

    @Override
    public void close() {
        try {
            for (var node : nodes) run("pg_ctl", "stop", "--mode=immediate", "--pgdata=" + node.data());
            FileTree.delete(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
