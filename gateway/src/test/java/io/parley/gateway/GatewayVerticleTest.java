package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.vertx.core.Promise;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GatewayVerticleTest {
    @Test
    void letsTheRequestsInFlightFinish() throws Exception {
        try (var gateway = TestGateway.open()) {
            var received = new CountDownLatch(1);
            Promise<User> answer = Promise.promise();
            TestGateway.await(gateway.bus.answer(Users.FIND, find -> {
                received.countDown();
                return answer.future();
            }));
            var response = CompletableFuture.supplyAsync(() -> gateway.get("/api/v1/users/me"));
            assertThat(received.await(10, TimeUnit.SECONDS)).isTrue();
            var stopped = gateway.undeploy();
            answer.complete(Fixtures.adasAccount);
            assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            TestGateway.await(stopped);
        }
    }

    @Test
    void doesNotWaitForIdleConnections() {
        try (var gateway = TestGateway.open()) {
            gateway.get("/health/live");
            long start = System.nanoTime();
            TestGateway.await(gateway.undeploy());
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(3));
        }
    }

    @Test
    void sharesItsPortAmongInstances() {
        try (var gateway = TestGateway.open()) {
            TestGateway.await(gateway.vertx.deployVerticle(gateway.shared.verticle()));
            assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
        }
    }
}
