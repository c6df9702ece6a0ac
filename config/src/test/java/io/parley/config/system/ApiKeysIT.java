package io.parley.config.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A provider key is taken, and seen no more: in no answer, no log line and no file. */
@ExtendWith(ParleyExtension.class)
class ApiKeysIT {

    @Test
    void leaveNoTrace(ParleyJar jar, Api api) throws Exception {
        var ada = Person.registered(api, "ada").api();
        var first = "sk-" + UUID.randomUUID();
        var second = "sk-" + UUID.randomUUID();
        var created = ada.post("/api/v1/api-keys", draft(first)).expect(201);
        var place = created.header("Location");
        assertThat(created.json().get("key_hint").asText()).isEqualTo(first.substring(first.length() - 4));
        ada.post("/api/v1/api-keys", draft(first)).expect(409);
        var broken = Json.object().put("provider", "openai").put("key", first).put("no_such_field", first);
        ada.post("/api/v1/api-keys", broken.toString()).expect(400);
        ada.patch(place, Json.object().put("key", second).toString()).expect(200);
        ada.patch(place, "{\"alias\":\"work\"}").expect(200);

        for (var list : List.of("/api/v1/api-keys", place, "/api/v1/users/me"))
            assertThat(ada.get(list).expect(200).text()).doesNotContain(first, second);
        assertThat(Files.readString(jar.output())).doesNotContain(first, second);
        try (var files = Files.walk(jar.data())) {
            assertThat(files.filter(Files::isRegularFile)).noneMatch(file -> holds(file, first, second));
        }
        ada.delete(place).expect(204);
        ada.get(place).expect(404);
    }

    private static String draft(String key) {
        return Json.object().put("provider", "openai").put("key", key).toString();
    }

    // A file that the database took away meanwhile holds nothing.
    private static boolean holds(Path file, String... keys) {
        try {
            var text = new String(Files.readAllBytes(file), ISO_8859_1);
            return List.of(keys).stream().anyMatch(text::contains);
        } catch (IOException gone) {
            return false;
        }
    }
}
