package io.parley.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.gateway.TestGateway;
import io.parley.gateway.auth.Authentication;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.idempotency.IdempotentRequests;
import io.parley.kernel.Bus;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.Duration;
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
    void letsEveryPostOfSomebodySignedInComeAgain() {
        for (var operation : contract.operations())
            assertThat(operation.repeatable())
                    .as(operation.id())
                    .isEqualTo(operation.method().equals(HttpMethod.POST) && !operation.open());
    }

    @Test
    void isServedAsAWholeOrNotAtAll() {
        var vertx = Vertx.vertx();
        try {
            var operations = new Operations(
                    contract,
                    new Authentication(vertx, TestGateway.TOKENS, new EndedSessions(TestGateway.TOKENS.lifetime())),
                    new ConnectionDeadlines(vertx, TestGateway.PATIENT),
                    new IdempotentRequests(vertx, new Bus(vertx, Duration.ofSeconds(10)), TestGateway.PATIENT));
            assertThatThrownBy(() -> operations.mount(Router.router(vertx)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("postMessage");
        } finally {
            TestGateway.done(vertx.close());
        }
    }

    // What is taken in as it comes is not held in memory to be told from other requests.

    private Operation operation(String id) {
        return contract.operations().stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
