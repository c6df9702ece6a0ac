package io.parley.gateway.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.gateway.TestGateway;
import io.parley.gateway.connections.HttpTimeouts;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.idempotency.IdempotentRequests;
import io.parley.gateway.limits.RequestLimits;
import io.parley.gateway.origin.OriginSettings;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.kernel.async.BytesInFlight;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final Operations operations = new Operations(
            Contract.read(""),
            request -> Future.failedFuture(Problem.unavailable()),
            new RequestLimits(TestGateway.LIMITS, OriginSettings.DIRECT.proxies(), false),
            new IdempotentRequests(vertx, new Bus(vertx, TEN_SECONDS), TestGateway.TOKENS.key(), TEN_SECONDS),
            new ConnectionDeadlines(vertx, new HttpTimeouts(TEN_SECONDS, TEN_SECONDS, TEN_SECONDS)),
            new BytesInFlight(TestGateway.BYTES_IN_FLIGHT),
            OriginSettings.DIRECT.proxies());

    @AfterEach
    void close() {
        TestGateway.await(vertx.close());
    }

    @Test
    void refuseToServeWithAHandlerMissing() {
        assertThatThrownBy(() -> operations.mount(Router.router(vertx)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("postMessage");
    }

    @Test
    void refuseASecondHandler() {
        operations.on("findTask", request -> Future.succeededFuture(None.NONE));
        assertThatThrownBy(() -> operations.on("findTask", request -> Future.succeededFuture(None.NONE)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("findTask");
    }
}
