package io.parley.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.changes.ChangePosition;
import io.parley.contracts.changes.Changes;
import io.parley.contracts.changes.Changes.ChangesSince;
import io.parley.contracts.changes.Changes.WatchResult;
import io.parley.contracts.limits.RequestCounts;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.gateway.streams.EventLines;
import io.parley.kernel.Ids;
import io.parley.kernel.limits.Limit;
import io.parley.kernel.limits.Rates;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
    private static final String TASK = "/api/v1/tasks/" + Fixtures.TASK_ID;
    private static final Limit<Rates> NONE = Limit.forEveryone(Rates.NONE);

    private TestGateway gateway;

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void refusesRequestsBeyondTheRateAndSaysHowManyAreLeft() {
        open(Limit.forEveryone(Rates.parse("2/h")), NONE, 64);

        var first = gateway.get(TASK);
        var second = gateway.get(TASK);
        var third = gateway.get(TASK);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(header(first, "RateLimit-Policy")).isEqualTo("\"requests\";q=2;w=3600");
        assertThat(header(first, "RateLimit")).isEqualTo("\"requests\";r=1;t=1800");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(header(second, "RateLimit")).isEqualTo("\"requests\";r=0;t=1800");
        refuses(third, "requests");
        assertThat(header(third, "RateLimit-Policy")).isEqualTo("\"requests\";q=2;w=3600");
        assertThat(header(third, "RateLimit")).startsWith("\"requests\";r=0;t=").endsWith(header(third, "Retry-After"));
        assertThat(gateway.send(gateway.asGrace(TASK)).statusCode()).isEqualTo(200);
    }

    @Test
    void holdsEveryRateOfALimit() {
        open(Limit.forEveryone(Rates.parse("1/s,1/d")), NONE, 64);

        assertThat(header(gateway.get(TASK), "RateLimit-Policy"))
                .isEqualTo("\"requests\";q=1;w=1, \"requests\";q=1;w=86400");
        assertThat(Integer.parseInt(header(gateway.get(TASK), "Retry-After"))).isGreaterThan(86_000);
    }

    @Test
    void refusesRequestsWithoutCredentialsBeyondTheRateOfAnAddress() {
        open(NONE, Limit.forEveryone(Rates.parse("2/h")), 64);

        var missing = gateway.send(gateway.request(TASK));
        assertThat(missing.statusCode()).isEqualTo(401);
        assertThat(header(missing, "RateLimit-Policy")).isEqualTo("\"address\";q=2;w=3600");
        assertThat(gateway.send(gateway.request(TASK).header("Authorization", "Bearer no"))
                        .statusCode())
                .isEqualTo(401);
        refuses(gateway.send(gateway.request(TASK)), "address");
        refuses(
                gateway.send(gateway.request("/api/v1/auth/login")
                        .POST(BodyPublishers.ofString(
                                "{\"email\":\"ada@example.org\",\"password\":\"the engine weaves\"}"))),
                "address");
        assertThat(gateway.send(gateway.request("/health/live")).statusCode()).isEqualTo(200);
        assertThat(gateway.send(gateway.request("/docs")).statusCode()).isEqualTo(200);
        assertThat(gateway.get(TASK).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesARequestWhileTheUserHasTooManyInProgress() {
        gateway = TestGateway.open(
                TestGateway.limitedTo(new RequestLimitSettings(NONE, NONE, Limit.forEveryone(1), 32, 2)));
        Promise<Task> task = Promise.promise();
        Promise<Void> asked = Promise.promise();
        TestGateway.await(gateway.bus.answer(Tasks.FIND, find -> {
            asked.tryComplete();
            return task.future();
        }));
        var first = gateway.sendAsync(gateway.asAda(TASK));
        TestGateway.await(asked.future());

        refuses(gateway.get(TASK), "concurrent");
        task.complete(Fixtures.adasTask);

        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(gateway.get(TASK).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAStreamBeyondTheNumberOfStreamsButNotARequest() throws IOException {
        gateway = TestGateway.open(
                TestGateway.limitedTo(new RequestLimitSettings(NONE, NONE, Limit.forEveryone(1), 2, 2)));
        answerTasks();
        TestGateway.await(gateway.bus.answer(
                Changes.SINCE,
                since -> Future.succeededFuture(new ChangesSince(since.watches().stream()
                        .map(watch -> new WatchResult(List.of(), new ChangePosition(1), false))
                        .toList()))));
        try (var one = follow();
                var two = follow()) {
            one.position();
            two.position();

            refuses(gateway.get("/api/v1/events"), "streams");
            refuses(gateway.get("/api/v1/chat/turns/" + Ids.next() + "/events"), "streams");
            assertThat(gateway.get(TASK).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void doesNotApplyADefaultToThisMachineUnlessAProxyForwards() {
        open(new Limit<>(Rates.parse("1/h"), false), NONE, 64);

        assertThat(header(gateway.get(TASK), "RateLimit")).isEmpty();
        assertThat(gateway.get(TASK).statusCode()).isEqualTo(200);
        assertThat(gateway.get(TASK, "Via", "1.1 nginx").statusCode()).isEqualTo(200);
        refuses(gateway.get(TASK, "X-Forwarded-Proto", "https"), "requests");
        refuses(gateway.get(TASK, "Forwarded", "for=192.0.2.1"), "requests");
    }

    @Test
    void countsWhatOtherNodesHaveLetThrough() {
        open(Limit.forEveryone(Rates.parse("1000/h")), NONE, 64);
        var counts = Map.of(Fixtures.ADAS_ID.toString(), 1000);
        gateway.bus.publish(
                RequestCounts.COUNTED,
                new RequestCounts(Ids.next(), List.of(new RequestCounts.Group("requests", "1000/1h", counts))));

        // The notice may arrive a little later than the first requests.
        int sent = 0;
        while (gateway.get(TASK).statusCode() == 200) sent++;

        assertThat(sent).isLessThan(500);
    }

    private void open(Limit<Rates> requests, Limit<Rates> perAddress, int concurrent) {
        gateway = TestGateway.open(TestGateway.limitedTo(
                new RequestLimitSettings(requests, perAddress, Limit.forEveryone(concurrent), 32, 2)));
        answerTasks();
    }

    private void answerTasks() {
        TestGateway.await(gateway.bus.answer(Tasks.FIND, find -> Future.succeededFuture(Fixtures.adasTask)));
    }

    private EventLines follow() throws IOException {
        return new EventLines(gateway, "GET /api/v1/events", "Accept: */*", "");
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static void refuses(HttpResponse<String> response, String policy) {
        assertThat(response.statusCode()).isEqualTo(429);
        var problem = TestGateway.json(response);
        assertThat(problem.getString("type"))
                .isEqualTo("https://iana.org/assignments/http-problem-types#quota-exceeded");
        assertThat(problem.getJsonArray("violated-policies")).containsExactly(policy);
        assertThat(Integer.parseInt(header(response, "Retry-After"))).isPositive();
    }
}
