package io.parley.config.system.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.JarDatabase;
import io.parley.config.system.harness.ParleyJar;
import io.parley.config.system.harness.SharedJarExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A stored provider key appears in no response, log line or file. */
@ExtendWith(SharedJarExtension.class)
class ApiKeysIT {
    private static final String KEYS = "/api/v1/api-keys";

    private final List<String> secrets = List.of("sk-" + UUID.randomUUID(), "sk-" + UUID.randomUUID());
    private final String alias = "alias-" + UUID.randomUUID();

    @Test
    void leaveNoTrace(ParleyJar jar, ApiClient api) throws Exception {
        var ada = TestUser.registered(api, "ada").api();
        var first = secrets.get(0);
        var created = ada.post(KEYS, draft(first).toString()).expect(201);
        var place = created.header("Location");
        assertThat(created.json().get("key_hint").asText()).isEqualTo(first.substring(first.length() - 4));

        refuseWithoutRepeating(ada, first);
        ada.patch(place, Json.object().put("key", secrets.get(1)).toString()).expect(200);
        for (var answer : List.of(ada.get(KEYS), ada.get(place), ada.get("/api/v1/users/me")))
            assertThat(answer.expect(200).text()).doesNotContain(secrets);
        assertThat(Files.readString(jar.output())).doesNotContain(secrets);
        assertNowhereOnDisk(jar);

        ada.delete(place).expect(204);
        ada.get(place).expect(404);
    }

    private void refuseWithoutRepeating(ApiClient ada, String key) {
        var refused = List.of(
                ada.post(KEYS, draft(key).toString()).expect(409),
                ada.post(KEYS, draft(key).put("no_such_field", key).toString()).expect(400),
                ada.post(KEYS, draft(key).put("alias", key.repeat(10)).toString())
                        .expect(400),
                ada.post(KEYS, draft("\0" + key).toString()).expect(400),
                ada.post(KEYS, draft(key) + key).expect(400),
                ada.post(KEYS, "\"" + key + "\"").expect(400),
                ada.post(KEYS, Json.object().put(key, alias).toString()).expect(400),
                ada.post(KEYS, "{\"" + key + "\":1,\"" + key + "\":2}").expect(400),
                ada.post(KEYS + "?" + key, draft("other").toString()).expect(400),
                ada.get(KEYS + "/" + key).expect(400));
        assertThat(refused).extracting(ApiResponse::text).noneMatch(text -> text.contains(key));
    }

    // The alias, which is stored in plain text, is found in the table and in the WAL: the search works.
    private void assertNowhereOnDisk(ParleyJar jar) throws IOException {
        var database = JarDatabase.of(jar);
        database.execute("CHECKPOINT");
        database.execute("SELECT pg_switch_wal()");

        try (var files = Files.walk(jar.data())) {
            var regular = files.filter(Files::isRegularFile).toList();
            assertThat(regular).anyMatch(file -> file.endsWith("postgresql.log"));
            assertThat(regular).noneMatch(file -> holds(file, secrets));
            assertThat(regular.stream().filter(file -> holds(file, List.of(alias))))
                    .anyMatch(file -> file.toString().contains("pg_wal"))
                    .anyMatch(file -> file.toString().contains("base"));
        }
    }

    private ObjectNode draft(String key) {
        return Json.object().put("provider", "openai").put("alias", alias).put("key", key);
    }

    // The database may have removed the file meanwhile.
    private static boolean holds(Path file, List<String> texts) {
        try {
            var content = new String(Files.readAllBytes(file), ISO_8859_1);
            return texts.stream().anyMatch(content::contains);
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
