package io.parley.config.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing can link to another user's data or find it by a link. */
@ExtendWith(SharedJarExtension.class)
class LinksIT {
    private TestUser ada;
    private TestUser grace;

    @BeforeEach
    void register(ApiClient api) {
        ada = TestUser.registered(api, "ada");
        grace = TestUser.registered(api, "grace");
    }

    @Test
    void refusesLinksToWhatIsAnotherUsers() {
        var conversation = created(ada, "/api/v1/conversations", "{}");
        var message = created(
                ada,
                "/api/v1/conversations/" + conversation + "/messages",
                "{\"role\":\"user\",\"content\":\"secret\"}");
        var task = created(grace, "/api/v1/tasks", "{\"title\":\"spy\"}");
        var place = "/api/v1/conversations/" + created(grace, "/api/v1/conversations", "{}") + "/messages";
        var link = "\"conversation_id\":\"" + conversation + "\"";

        grace.api().post("/api/v1/tasks", "{\"title\":\"spy\"," + link + "}").expect(403);
        grace.api().patch("/api/v1/tasks/" + task, "{" + link + "}").expect(403);
        var parent = grace.api().post(place, "{\"role\":\"user\",\"content\":\"x\",\"parent_id\":\"" + message + "\"}");
        assertThat(parent.status()).isBetween(400, 404);
        // An id is unique within a user's rows only: each of the two has a message of their own under it.
        var same = grace.api().post(place, "{\"role\":\"user\",\"content\":\"mine\",\"id\":\"" + message + "\"}");
        assertThat(same.expect(201).text()).doesNotContain(conversation);
        assertThat(grace.api().get("/api/v1/messages/" + message).expect(200).text())
                .contains("mine")
                .doesNotContain("secret");
        assertThat(ada.api().get("/api/v1/messages/" + message).expect(200).text())
                .contains("secret");
    }

    @Test
    void filtersNothingOutOfAnotherUsersConversation() {
        var conversation = created(ada, "/api/v1/conversations", "{}");
        created(ada, "/api/v1/tasks", "{\"title\":\"secret\",\"conversation_id\":\"" + conversation + "\"}");

        var found = grace.api()
                .get("/api/v1/tasks?conversation_id=" + conversation)
                .expect(200)
                .json();
        assertThat(found.get("items")).isEmpty();
    }

    private static String created(TestUser owner, String list, String body) {
        return owner.api().post(list, body).expect(201).json().get("id").asText();
    }
}
