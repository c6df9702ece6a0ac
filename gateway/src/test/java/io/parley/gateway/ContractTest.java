package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import org.junit.jupiter.api.Test;

class ContractTest {
    private final Contract contract = Contract.read();

    @Test
    void knowsWhatEveryOperationTakesAndAnswers() {
        var post = operation("postMessage");
        assertThat(post.path()).isEqualTo("/api/v1/conversations/{id}/messages");
        assertThat(post.open()).isFalse();
        assertThat(post.success()).isEqualTo(201);
        assertThat(post.location()).hasValue("/api/v1/messages/{id}");
        assertThat(post.tagged()).isTrue();
        assertThat(post.body()).isPresent();
        assertThat(operation("login").open()).isTrue();
        assertThat(operation("listConversations").parameters().read("")).containsEntry("limit", 20);
    }

    @Test
    void isServedAsAWholeOrNotAtAll() {
        var vertx = Vertx.vertx();
        try {
            var operations = new Operations(
                    contract,
                    new Authentication(vertx, House.TOKENS, new EndedSessions(House.TOKENS.lifetime())),
                    new Deadlines(vertx, House.PATIENT));
            assertThatThrownBy(() -> operations.mount(Router.router(vertx)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("postMessage");
        } finally {
            House.done(vertx.close());
        }
    }

    private Operation operation(String id) {
        return contract.operations().stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
