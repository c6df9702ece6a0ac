package io.parley.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContractTest {
    // A stored answer would keep the secret in clear text.
    private static final Set<String> ANSWERS_WITH_SECRETS = Set.of(
            "createInvitation",
            "createToken",
            "createWebhook",
            "rotateWebhookSecret",
            "setUpTotp",
            "confirmTotp",
            "renewRecoveryCodes");

    private final Contract contract = Contract.read("");

    @Test
    void readsTheParametersAndTheAnswersOfAnOperation() {
        var post = operation("postMessage");
        assertThat(post.path()).isEqualTo("/api/v1/conversations/{id}/messages");
        assertThat(post.isPublic()).isFalse();
        assertThat(post.successStatus()).isEqualTo(201);
        assertThat(post.location()).hasValue("/api/v1/messages/{id}");
        assertThat(post.hasEntityTag()).isTrue();
        assertThat(post.body()).isPresent();
        assertThat(operation("login").isPublic()).isTrue();
        assertThat(operation("listConversations").queryParameters().read("")).containsEntry("limit", 20);
    }

    @Test
    void makesEveryPostWithSignInIdempotent() {
        for (var operation : contract.operations())
            assertThat(operation.isIdempotent())
                    .as(operation.id())
                    .isEqualTo(operation.method().equals(HttpMethod.POST)
                            && !operation.isPublic()
                            && !ANSWERS_WITH_SECRETS.contains(operation.id()));
    }

    private Operation operation(String id) {
        return contract.operations().stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
