package io.parley.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.users.Users;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorMappingTest {
    private static final Deque<Problem> answer = new ConcurrentLinkedDeque<>();
    private static TestGateway gateway;

    @BeforeAll
    static void open() {
        gateway = TestGateway.open();
        TestGateway.await(gateway.bus.answer(Tasks.FIND, find -> Future.failedFuture(answer.getLast())));
        TestGateway.await(gateway.bus.answer(Users.FIND, find -> {
            throw new IllegalStateException("SELECT * FROM secrets");
        }));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @ParameterizedTest
    @MethodSource
    void mapsEveryProblemToAStatus(Problem problem, int status) {
        answer.add(problem);
        var response = gateway.get("/api/v1/tasks/" + Fixtures.TASK_ID);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        var body = TestGateway.json(response);
        assertThat(body.getString("type")).isEqualTo("about:blank");
        assertThat(body.getString("title")).isNotEmpty();
        assertThat(body.getInteger("status")).isEqualTo(status);
        assertThat(body.getString("detail")).isEqualTo(problem.detail());
        assertThat(body.containsKey("errors")).isEqualTo(!problem.faults().isEmpty());
        assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
        assertThat(response.headers().firstValue("WWW-Authenticate").isPresent())
                .isEqualTo(status == 401);
    }

    @Test
    void saysWhichLimitIsUsedUpAndWhenToComeBack() {
        answer.add(Problem.limited("sign-in", "Too many failed sign-ins.", Duration.ofMillis(89_001)));

        var response = gateway.get("/api/v1/tasks/" + Fixtures.TASK_ID);

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("90");
        var body = TestGateway.json(response);
        assertThat(body.getString("type")).isEqualTo("https://iana.org/assignments/http-problem-types#quota-exceeded");
        assertThat(body.getJsonArray("violated-policies")).containsExactly("sign-in");
        assertThat(body.getString("detail")).isEqualTo("Too many failed sign-ins. Try again in 90 seconds.");
    }

    @Test
    void saysThatItHasTooMuchToDo() {
        answer.add(Problem.overloaded());

        var response = gateway.get("/api/v1/tasks/" + Fixtures.TASK_ID);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(TestGateway.json(response).getString("type"))
                .isEqualTo("https://iana.org/assignments/http-problem-types#temporary-reduced-capacity");
    }

    static Stream<Arguments> mapsEveryProblemToAStatus() {
        return Stream.of(
                arguments(Problem.invalid("/title", "is too long"), 400),
                arguments(Problem.unauthenticated("That is not the password."), 401),
                arguments(Problem.forbidden("task"), 403),
                arguments(Problem.notFound("task"), 404),
                arguments(Problem.conflict("/id", "is taken"), 409),
                arguments(Problem.stale("task"), 412),
                arguments(Problem.internal(), 500),
                arguments(Problem.unavailable(), 503),
                arguments(Problem.timeout(), 504));
    }

    @Test
    void anAbsentModuleIsUnavailable() {
        assertThat(gateway.get("/api/v1/conversations").statusCode()).isEqualTo(503);
    }

    @Test
    void hidesAnUnexpectedFailure() {
        var response = gateway.get("/api/v1/users/me");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(TestGateway.json(response).getString("detail")).isEqualTo("An internal error occurred.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api", "/api/v1", "/api/v1/nothing", "/API/v1/tasks", "/docs/pom.xml", "/api/v1/tasks/a/b"})
    void anUnknownPathIsNotFound(String path) {
        var response = gateway.get(path);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void answersTheAllowedMethods() {
        var response = gateway.send("PUT", "/api/v1/tasks/" + Fixtures.TASK_ID, "{}");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, PATCH, DELETE, HEAD");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void refusesHeadForAPathWithoutGet() {
        var request = gateway.request("/api/v1/auth/login").method("HEAD", BodyPublishers.noBody());
        assertThat(gateway.send(request).statusCode()).isEqualTo(405);
    }
}
