package io.parley.config.system.contract;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.TestProgram;
import io.parley.config.system.client.TestUser;
import java.util.List;
import java.util.UUID;

/** Creates what the paths of requests name, and returns its id. */
final class NamedResources {
    // For a user who is not an administrator, and so may not invite, any id will do.
    static String invitationOf(TestUser owner) {
        var id = owner.api().post("/api/v1/admin/invitations", "{}").json().path("id");
        return id.isMissingNode() ? UUID.randomUUID().toString() : id.asText();
    }

    static String grantOf(ApiClient anonymous, TestUser owner) {
        new TestProgram(anonymous).letIn(owner, "tasks:read");
        return owner.api()
                .get("/api/v1/users/me/grants?order=desc")
                .expect(200)
                .json()
                .at("/items/0/id")
                .asText();
    }

    static String conversationOf(TestUser owner) {
        return owner.api()
                .post("/api/v1/conversations", "{}")
                .expect(201)
                .json()
                .get("id")
                .asText();
    }

    static String turnOf(TestUser owner) {
        return owner.api()
                .post("/api/v1/chat/conversations/" + conversationOf(owner) + "/messages", "{\"content\":\"help\"}")
                .expect(200)
                .json()
                .at("/turn/id")
                .asText();
    }

    static String summarisedConversationOf(TestUser owner) {
        var conversation = conversationOf(owner);
        for (var text : List.of("Where to?", "When?", "How?"))
            owner.api()
                    .post(
                            "/api/v1/conversations/" + conversation + "/messages",
                            "{\"role\": \"user\", \"content\": \"" + text + "\"}")
                    .expect(201);
        owner.api()
                .post("/api/v1/conversations/" + conversation + "/summary", "{}")
                .expect(201);
        return conversation;
    }

    static String ratedAnswerOf(TestUser owner) {
        var answer = owner.api()
                .post("/api/v1/conversations/" + conversationOf(owner) + "/messages", """
                    {"role": "assistant", "content": "By the night train."}
                    """)
                .expect(201)
                .json()
                .get("id")
                .asText();
        owner.api()
                .send(ApiRequest.of("PUT", "/api/v1/messages/" + answer + "/feedback")
                        .json("{\"rating\":\"up\"}"))
                .expect(200);
        return answer;
    }

    // No operation links to sessions as what it creates.
    static String sessionOf(TestUser owner) {
        var session = owner.again();
        for (var each :
                session.api().get("/api/v1/auth/sessions").expect(200).json().get("items"))
            if (each.get("current").asBoolean()) return each.get("id").asText();
        throw new IllegalStateException("The session that asks is not listed.");
    }

    private NamedResources() {}
}
