package io.parley.config.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Versions of resources: what is known is not sent again, and no update is lost. */
@ExtendWith(ParleyExtension.class)
class EntityTagsIT {
    private Api ada;
    private Answer created;
    private String task;
    private String tag;

    @BeforeEach
    void create(Api api) {
        ada = Person.registered(api, "ada").api();
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
            ada.send(Request.of("GET", task).with("If-None-Match", known)).expect(304);
        ada.send(Request.of("GET", task).with("If-None-Match", "\"other\"")).expect(200);
    }

    @Test
    void refusesALostUpdate() {
        var changed = changing(tag, "first").expect(200);
        assertThat(changed.header("ETag")).isNotEqualTo(tag);
        changing(tag, "second").expect(412);
        changing("W/" + changed.header("ETag"), "weak").expect(412);
        ada.send(Request.of("DELETE", task).with("If-Match", tag)).expect(412);
        assertThat(ada.get(task).json().get("title").asText()).isEqualTo("first");

        changing("\"other\", " + changed.header("ETag"), "third").expect(200);
        changing("*", "fourth").expect(200);
        ada.send(Request.of("DELETE", task).with("If-Match", ada.get(task).header("ETag")))
                .expect(204);
        ada.get(task).expect(404);
    }

    private Answer changing(String ifMatch, String title) {
        var body = Json.object().put("title", title).toString();
        return ada.send(Request.of("PATCH", task).json(body).with("If-Match", ifMatch));
    }
}
