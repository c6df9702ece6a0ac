package io.parley.config.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A thread stays inside one conversation of one user. */
@ExtendWith(ParleyExtension.class)
class ThreadsIT {
    private Api ada;
    private String trip;
    private String diary;
    private String question;

    @BeforeEach
    void ask(Api api) {
        ada = Person.registered(api, "ada").api();
        trip = talk(ada);
        diary = talk(ada);
        question = say(ada, trip, "").expect(201).json().get("id").asText();
    }

    @Test
    void refusesAReplyToWhatIsNotInTheConversation(Api api) {
        var grace = Person.registered(api, "grace").api();
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
    void showsNobodyAnothersThread(Api api) {
        var grace = Person.registered(api, "grace").api();
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

    private static String talk(Api owner) {
        return owner.post("/api/v1/conversations", "{}").expect(201).header("Location") + "/messages";
    }

    private static Answer say(Api owner, String messages, String more) {
        return owner.post(messages, "{\"role\":\"user\",\"content\":\"Which train?\"" + more + "}");
    }
}
