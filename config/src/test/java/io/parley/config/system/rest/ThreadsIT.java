package io.parley.config.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A thread stays inside one conversation of one user. */
@ExtendWith(SharedJarExtension.class)
class ThreadsIT {
    private ApiClient ada;
    private String trip;
    private String diary;
    private String question;

    @BeforeEach
    void ask(ApiClient api) {
        ada = TestUser.registered(api, "ada").api();
        trip = talk(ada);
        diary = talk(ada);
        question = say(ada, trip, "").expect(201).json().get("id").asText();
    }

    @Test
    void refusesAReplyToWhatIsNotInTheConversation(ApiClient api) {
        var grace = TestUser.registered(api, "grace").api();
        var reply = ",\"parent_id\":\"" + question + "\"";

        say(ada, trip, reply).expect(201);
        for (var refused : List.of(
                say(ada, diary, reply),
                say(ada, trip, ",\"parent_id\":\"" + UUID.randomUUID() + "\""),
                say(grace, talk(grace), reply))) {
            assertThat(refused.expect(400).pointers()).containsExactly("/parent_id");
        }
    }

    @Test
    void showsNobodyAnothersThread(ApiClient api) {
        var grace = TestUser.registered(api, "grace").api();
        var gracesTalk = talk(grace);

        for (var kind : List.of("?thread_of=", "?leaf=")) {
            ada.get(trip + kind + question).expect(200);
            ada.get(trip + kind + UUID.randomUUID()).expect(404);
            ada.get(diary + kind + question).expect(404);
            grace.get(trip + kind + question).expect(403);
            grace.get(gracesTalk + kind + question).expect(403);
            grace.get(gracesTalk + kind + UUID.randomUUID()).expect(404);
        }
    }

    private static String talk(ApiClient owner) {
        return owner.post("/api/v1/conversations", "{}").expect(201).header("Location") + "/messages";
    }

    private static ApiResponse say(ApiClient owner, String messages, String more) {
        return owner.post(messages, "{\"role\":\"user\",\"content\":\"Which train?\"" + more + "}");
    }
}
