package io.parley.config.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Entity tags: unchanged resources are not sent again, and no update is lost. */
@ExtendWith(SharedJarExtension.class)
class EntityTagsIT {
    private ApiClient ada;
    private ApiResponse created;
    private String task;
    private String tag;

    @BeforeEach
    void create(ApiClient api) {
        ada = TestUser.registered(api, "ada").api();
        created = ada.post("/api/v1/tasks", "{\"title\":\"errand\"}").expect(201);
        task = created.header("Location");
        tag = created.header("ETag");
    }

    @Test
    void namesThePlaceAndTheVersionOfWhatItCreated() {
        var found = ada.get(task).expect(200);
        assertThat(found.json()).isEqualTo(created.json());
        assertThat(found.header("ETag")).isEqualTo(tag);
    }

    @Test
    void sendsNothingAgainThatIsKnown() {
        for (var known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"})
            ada.send(ApiRequest.of("GET", task).with("If-None-Match", known)).expect(304);
        ada.send(ApiRequest.of("GET", task).with("If-None-Match", "\"other\"")).expect(200);
    }

    @Test
    void refusesALostUpdate() {
        var changed = changing(tag, "first").expect(200);
        assertThat(changed.header("ETag")).isNotEqualTo(tag);
        changing(tag, "second").expect(412);
        changing("W/" + changed.header("ETag"), "weak").expect(412);
        ada.send(ApiRequest.of("DELETE", task).with("If-Match", tag)).expect(412);
        assertThat(ada.get(task).json().get("title").asText()).isEqualTo("first");

        changing("\"other\", " + changed.header("ETag"), "third").expect(200);
        changing("*", "fourth").expect(200);
        ada.send(ApiRequest.of("DELETE", task).with("If-Match", ada.get(task).header("ETag")))
                .expect(204);
        ada.get(task).expect(404);
    }

    private ApiResponse changing(String ifMatch, String title) {
        var body = Json.object().put("title", title).toString();
        return ada.send(ApiRequest.of("PATCH", task).json(body).with("If-Match", ifMatch));
    }
}
