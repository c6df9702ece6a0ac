package io.parley.config.system.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.cli.Terminal;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.JarDatabase;
import io.parley.config.system.harness.ParleyJar;
import io.parley.config.system.harness.SharedJarExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a running server, and what is restored from them. */
@ExtendWith(SharedJarExtension.class)
class BackupIT {
    private static final String PROVIDER_KEY = "{\"provider\":\"openai\",\"key\":\"sk-before-the-backup\"}";

    @TempDir
    private Path folder;

    @Test
    void bringsEverythingBackThatWasAcknowledged(ParleyJar jar, ApiClient api) throws Exception {
        var ada = TestUser.registered(api, "ada");
        var conversation = ada.api()
                .post("/api/v1/conversations", "{\"title\":\"Turin\\t\\\\N\\n„x“\"}")
                .expect(201)
                .json()
                .get("id")
                .asText();
        ada.api()
                .post(
                        "/api/v1/conversations/" + conversation + "/messages",
                        "{\"role\":\"user\",\"content\":\"a\\tb\"}")
                .expect(201);
        ada.api().post("/api/v1/api-keys", PROVIDER_KEY).expect(201);
        var exported = ada.api().get("/api/v1/export").expect(200).text();
        var events = JarDatabase.of(jar)
                .read("SELECT coalesce(max(number), 0) FROM changes")
                .get(0);
        var writer = new Writer(TestUser.registered(api, "grace"));
        writer.awaitFirst();
        int acknowledged = writer.acknowledged();

        var passphrase = Files.writeString(folder.resolve("passphrase"), "ten grains of sand\nignored\n");
        var file = folder.resolve("parley.zip");
        var backup = run(jar.data(), "backup", file.toString(), "--passphrase-file", passphrase.toString());
        assertThat(backup.succeeds()).isEmpty();
        assertThat(backup.err()).contains(" tables, ", " rows, ", " bytes, ", " seconds");
        var titles = writer.stop();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file.resolveSibling("parley.zip.part")).doesNotExist();

        var data = ParleyJar.freshData();
        run(data, "restore", file.toString()).refuses("--passphrase-file");
        var wrong = Files.writeString(folder.resolve("wrong"), "guessed\n");
        run(data, "restore", file.toString(), "--passphrase-file", wrong.toString())
                .refuses("passphrase is wrong");
        assertThat(data).doesNotExist();
        run(data, "restore", file.toString(), "--passphrase-file", passphrase.toString())
                .succeeds();
        assertThat(Files.readString(data.resolve("jwt.secret")))
                .isEqualTo(Files.readString(jar.data().resolve("jwt.secret")));
        run(data, "restore", file.toString(), "--passphrase-file", passphrase.toString())
                .refuses("holds a database");

        try (var restored = ParleyJar.start(data, SharedJarExtension.SETTINGS)) {
            // The tokens of before the backup.
            var adaThere = new ApiClient(restored.uri()).as(ada.accessToken());
            assertThat(adaThere.get("/api/v1/export").expect(200).text()).isEqualTo(exported);
            assertThat(adaThere.get("/api/v1/api-keys").expect(200).text())
                    .isEqualTo(ada.api().get("/api/v1/api-keys").text());
            assertThat(new Terminal(Map.of("PARLEY_DATA_DIR", data.toString()))
                            .run("keys", "rotate")
                            .succeeds())
                    .containsPattern("Re-encrypted: [1-9]");
            var there = JarDatabase.of(restored)
                    .read("SELECT title FROM tasks WHERE title LIKE 'errand " + writer.name + "%'");
            assertThat(there).hasSizeGreaterThanOrEqualTo(acknowledged);
            assertThat(titles).containsAll(there);
            adaThere.post("/api/v1/tasks", "{\"title\":\"pack\"}").expect(201);
            assertThat(Long.parseLong(JarDatabase.of(restored)
                            .read("SELECT max(number) FROM changes")
                            .get(0)))
                    .isGreaterThanOrEqualTo(Long.parseLong(events));
            run(data, "restore", file.toString()).refuses("is running");
        }
    }

    @Test
    void tellsADamagedFileFromAWholeOne(ParleyJar jar) throws Exception {
        var file = folder.resolve("parley.zip");
        run(jar.data(), "backup", file.toString(), "--without-secrets").succeeds();

        var manifest = Json.read(
                run(jar.data(), "restore", "--verify", file.toString()).succeeds());
        assertThat(manifest.get("format").asInt()).isOne();
        assertThat(manifest.findValuesAsText("name"))
                .contains("tables/users.copy")
                .doesNotContain("secrets.json");

        var bytes = Files.readAllBytes(file);
        bytes[inTheManifest(bytes)] ^= 1;
        Files.write(file, bytes);
        run(jar.data(), "restore", "--verify", file.toString()).refuses("damaged");
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        var data = ParleyJar.freshData();
        run(data, "restore", file.toString()).refuses("damaged");
        run(data, "restore", folder.resolve("absent").toString()).refuses("does not exist");
        assertThat(data).doesNotExist();
    }

    @Test
    void restoresToAServerOfOnesOwn(ParleyJar jar) throws Exception {
        var file = folder.resolve("parley.zip");
        run(jar.data(), "backup", file.toString(), "--without-secrets").succeeds();
        var database = JarDatabase.of(jar).empty("restored");
        var settings =
                Map.of("PARLEY_DATA_DIR", folder.resolve("data").toString(), "PARLEY_DATABASE_URL", database.setting());

        var restored = new Terminal(settings).run("restore", file.toString());
        assertThat(restored.succeeds()).isEmpty();
        assertThat(restored.err()).contains("the backup has no secrets", "sign in again", "Restored: ");
        assertThat(database.read("SELECT count(*) FROM users"))
                .isEqualTo(JarDatabase.of(jar).read("SELECT count(*) FROM users"));
        new Terminal(settings).run("restore", file.toString()).refuses("not empty");
        var refused = new Terminal(settings).run("backup", file.toString());
        refused.refuses("pg_dump --format=custom");
        assertThat(refused.err()).doesNotContain(database.url().password().value());
    }

    @Test
    void refusesWhatCannotBeBackedUp(ParleyJar jar) throws IOException {
        run(folder.resolve("none"), "backup", "x.zip").refuses("there is no database");
        assertThat(folder.resolve("none")).doesNotExist();
        run(jar.data(), "backup", folder.toString()).refuses("it is a folder");
        run(jar.data(), "backup", folder.resolve("absent/x.zip").toString()).refuses("its folder does not exist");
        run(jar.data(), "backup", "x.zip", "--passphrase-file", "absent").refuses("cannot read the passphrase file");
        assertThat(run(jar.data(), "backup").code()).isEqualTo(2);
        if (Files.exists(Path.of("/dev/full")))
            run(jar.data(), "backup", "/dev/full/x.zip").refuses("cannot write");
    }

    @Test
    void asksAServerForItsHealth(ParleyJar jar) {
        assertThat(run(jar.data(), "health", "--url", jar.uri().toString()).succeeds())
                .isEmpty();
        assertThat(run(jar.data(), "health", "--http-port=" + jar.uri().getPort())
                        .succeeds())
                .isEmpty();
        run(jar.data(), "health", "--url", "http://127.0.0.1:9").refuses("does not answer");
        run(jar.data(), "health", "--url", jar.uri() + "/absent").refuses("not ready");
        run(jar.data(), "health", "--http-port=0").refuses("--url");
        assertThat(run(jar.data(), "health", "--url", "nowhere").code()).isEqualTo(2);
    }

    /** A byte of the compressed text, because some of a ZIP header say nothing about the content. */
    private static int inTheManifest(byte[] archive) {
        return new String(archive, StandardCharsets.ISO_8859_1).indexOf("manifest.json") + 40;
    }

    private static Terminal.Outcome run(Path data, String... arguments) {
        return new Terminal(Map.of("PARLEY_DATA_DIR", data.toString())).run(arguments);
    }

    /** Creates tasks one after the other until it is stopped, and fails if one is refused. */
    private static final class Writer {
        private final String name = UUID.randomUUID().toString();
        private final List<String> titles = new ArrayList<>();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final CompletableFuture<Void> first = new CompletableFuture<>();
        private final CompletableFuture<Void> end;
        private volatile int acknowledged;

        Writer(TestUser user) {
            end = CompletableFuture.runAsync(() -> {
                while (!stopped.get()) write(user.api());
            });
        }

        private void write(ApiClient api) {
            titles.add("errand " + name + " " + titles.size());
            api.post(
                            "/api/v1/tasks",
                            Json.object()
                                    .put("title", titles.get(titles.size() - 1))
                                    .toString())
                    .expect(201);
            acknowledged = titles.size();
            first.complete(null);
        }

        void awaitFirst() {
            CompletableFuture.anyOf(first, end).join();
        }

        int acknowledged() {
            return acknowledged;
        }

        /** All that it has sent. */
        List<String> stop() {
            stopped.set(true);
            end.join();
            return titles;
        }
    }
}
