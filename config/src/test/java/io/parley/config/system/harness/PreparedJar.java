package io.parley.config.system.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiContract;
import io.parley.config.system.client.TestUser;
import io.parley.postgres.embedded.EmbeddedPostgres;
import io.parley.testing.postgres.HashPartitions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What the starts of the jar have in common, made once for each build of it: a data directory with a migrated database, which comes from
 * a start on an empty directory, and an archive of the classes that a server loads for its start, for a cluster and for some requests. The
 * tables are partitioned if {@link HashPartitions#WANTED}.
 */
final class PreparedJar {
    static final Path JAR = Path.of("target", "parley.jar");

    private static final Path FOLDER = Path.of(
                    "target",
                    "prepared-" + System.getProperty("java.version") + (HashPartitions.WANTED ? "-partitioned" : ""))
            .toAbsolutePath();
    private static final Path ARCHIVE = FOLDER.resolve("parley.jsa");
    private static final Path DATA = FOLDER.resolve("data");
    private static final Path CHEAP_PASSWORDS = FOLDER.resolve("cheap-passwords.jar");

    static Path archive() {
        prepare();
        return ARCHIVE;
    }

    /** That of the archive, which is of no use with another one. */
    static String classPath() {
        return CHEAP_PASSWORDS + File.pathSeparator + JAR;
    }

    /** Creates the directory with what a server leaves after its first start and stop. */
    static void copyData(Path directory) {
        prepare();
        // Java's own copy would lose the owner, which matters to PostgreSQL if root runs the tests.
        var copy = new ArrayList<>(List.of("cp", "-a"));
        try (var entries = Files.list(DATA)) {
            Files.createDirectory(directory);
            for (var entry : entries.toList()) {
                // No server changes the programs of PostgreSQL, and they are more than half of it.
                if (Files.isDirectory(entry.resolve("bin")))
                    Files.createSymbolicLink(directory.resolve(entry.getFileName()), entry);
                else copy.add(entry.toString());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        copy.add(directory.toString());
        Run.toTheEnd(new ProcessBuilder(copy));
    }

    // Surefire runs the test classes in several processes; one of them prepares, the others wait.
    private static synchronized void prepare() {
        try {
            Files.createDirectories(FOLDER);
            try (var file =
                    FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                // Released when the file is closed.
                file.lock();
                if (!isFresh()) startOnce();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isFresh() throws IOException {
        return Files.exists(ARCHIVE)
                && Files.exists(CHEAP_PASSWORDS)
                && Files.getLastModifiedTime(ARCHIVE).compareTo(Files.getLastModifiedTime(JAR)) > 0;
    }

    private static void startOnce() throws IOException {
        Files.deleteIfExists(ARCHIVE);
        delete(DATA);
        CheapPasswords.write(CHEAP_PASSWORDS);
        run(DATA, JarCommand.unarchived(), Map.of(), PreparedJar::partitionAndArchive);
    }

    private static void partitionAndArchive(ApiClient api) {
        var database = new JarDatabase(EmbeddedPostgres.attach(DATA).orElseThrow());
        if (HashPartitions.WANTED) HashPartitions.create(database.url());
        var other = database.empty("archiving");
        run(FOLDER.resolve("other"), JarCommand.archiving(ARCHIVE), clustered(other), PreparedJar::use);
        database.execute("DROP DATABASE archiving");
    }

    private static Map<String, String> clustered(JarDatabase database) {
        try {
            int port = ParleyJar.freePort();
            return Map.of(
                    "PARLEY_CLUSTER_ENABLED",
                    "true",
                    "PARLEY_CLUSTER_PASSWORD",
                    "of a cluster of one",
                    "PARLEY_CLUSTER_PORT",
                    String.valueOf(port),
                    "PARLEY_CLUSTER_BUS_PORT",
                    String.valueOf(ParleyJar.freePort()),
                    "PARLEY_CLUSTER_MEMBERS",
                    "127.0.0.1:" + port,
                    "PARLEY_DATABASE_URL",
                    database.setting(),
                    "PARLEY_JWT_SECRET",
                    "a secret of 32 bytes or longer, of one",
                    "PARLEY_KEYS_KEYSET",
                    Files.readString(DATA.resolve("keyset.json")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void run(
            Path data, List<String> command, Map<String, String> settings, Consumer<ApiClient> meanwhile) {
        try {
            var log = FOLDER.resolve(data.getFileName() + ".log");
            var server = URI.create("http://127.0.0.1:" + ParleyJar.freePort());
            var builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile()));
            builder.environment().put("PARLEY_HTTP_PORT", String.valueOf(server.getPort()));
            builder.environment().put("PARLEY_DATA_DIR", data.toString());
            builder.environment().put("PARLEY_SHUTDOWN_DRAIN", "0s");
            builder.environment().putAll(settings);
            var process = builder.start();
            try {
                Run.awaitReady(server, process, log);
                meanwhile.accept(new ApiClient(server));
            } finally {
                process.destroy();
            }
            assertThat(process.onExit().join().exitValue())
                    .as("exit code, see %s", log)
                    .isZero();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void use(ApiClient api) {
        var ada = TestUser.registered(api, "ada").api();
        ada.post("/api/v1/tasks", "{\"title\":\"Weave\"}").expect(201);
        var place = ada.post("/api/v1/conversations", "{}").expect(201).header("Location");
        ada.post(place + "/messages", "{\"role\":\"user\",\"content\":\"Hello\"}")
                .expect(201);
        ada.post(place.replace("/v1/", "/v1/chat/") + "/messages", "{\"content\":\"help\"}")
                .expect(200);
        for (var operation : ApiContract.SERVED.operations())
            if (operation.method().equals("GET") && !operation.path().contains("{") && !operation.answersEvents())
                ada.get(operation.target());
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) return;
        try (Stream<Path> files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    private PreparedJar() {}
}
