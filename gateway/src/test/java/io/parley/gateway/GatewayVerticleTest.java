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
        try (var house = TestGateway.open()) {
            var asked = new CountDownLatch(1);
            Promise<User> answer = Promise.promise();
            TestGateway.done(house.bus.answer(Users.FIND, find -> {
                asked.countDown();
                return answer.future();
            }));
            var response = CompletableFuture.supplyAsync(() -> house.get("/api/v1/users/me"));
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            var stopped = house.undeploy();
            answer.complete(Callers.adasAccount);
            assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            TestGateway.done(stopped);
        }
    }

    @Test
    void doesNotWaitForConnectionsThatAskNothing() {
        try (var house = TestGateway.open()) {
            house.get("/health/live");
            long start = System.nanoTime();
            TestGateway.done(house.undeploy());
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(3));
        }
    }

    @Test
    void sharesItsPortAmongInstances() {
        try (var house = TestGateway.open()) {
            TestGateway.done(house.vertx.deployVerticle(house.gateway.verticle()));
            assertThat(house.get("/health/live").statusCode()).isEqualTo(200);
        }
    }
}
