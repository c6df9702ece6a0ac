package io.parley.gateway.http;

import static io.parley.gateway.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.tasks.Tasks;
import io.parley.gateway.Fixtures;
import io.parley.gateway.Http2Client;
import io.parley.gateway.TestGateway;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.HostAndPort;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Http2RequestsTest {
    private final TestGateway gateway = TestGateway.open();
    private final Http2Client client = new Http2Client(gateway);

    @AfterEach
    void close() {
        client.close();
        gateway.close();
    }

    @Test
    void readsABodyWithoutContentLength() {
        await(gateway.bus.answer(Tasks.CREATE, create -> Future.succeededFuture(Fixtures.adasTask)));
        assertThat(client.post("{\"title\": \"Pack\"}", true).status()).isEqualTo(201);
        assertThat(client.post("{\"title\": ", true).status()).isEqualTo(400);
        assertThat(client.post("", true).status()).isEqualTo(400);
    }

    @Test
    void refusesABodyOverTheLimitAndGoesOn() {
        var large = "{\"title\": \"" + "x".repeat(BodyReader.LIMIT) + "\"}";
        assertThat(client.post(large, true).status()).isEqualTo(413);
        assertThat(client.post(large, false).status()).isEqualTo(413);
        assertThat(client.send(HttpMethod.GET, "/health/live").status()).isEqualTo(200);
    }

    @Test
    void refusesWhatHttp1Refuses() {
        assertThat(client.send(HttpMethod.GET, "/health//live").status()).isEqualTo(400);
        assertThat(client.send(HttpMethod.GET, "/health/live%00").status()).isEqualTo(400);
        assertThat(client.send(HttpMethod.GET, "/api/v1/tasks").status()).isEqualTo(401);
        assertThat(client.send(HttpMethod.GET, "/metrics").status()).isEqualTo(404);
        assertThat(client.send(HttpMethod.GET, "/api/v1/tasks?x=" + "y".repeat(9_000))
                        .status())
                .isEqualTo(414);
    }

    @Test
    void refusesAPathThatBeginsWithNoSlash() {
        assertThat(client.send(HttpMethod.CONNECT, "/health/live").status()).isEqualTo(400);
        assertThat(client.send(HttpMethod.GET, "http://elsewhere.example/health/live")
                        .status())
                .isEqualTo(400);
        assertThat(client.send(HttpMethod.GET, "health/live").status()).isEqualTo(400);
    }

    @Test
    void refusesAnotherAuthority() {
        try (var proxied = TestGateway.open(TestGateway.PROXIED);
                var client = new Http2Client(proxied)) {
            var answer = await(client.exchange(
                    HttpMethod.GET,
                    "/api/v1/tasks",
                    request -> request.authority(HostAndPort.create("elsewhere.example", 80))
                            .send()
                            .compose(Http2Client::read)));
            assertThat(answer.status()).isEqualTo(403);
        }
    }

    @Test
    void sendsNoBodyForAHead() {
        for (var path : List.of("/tasks", "/openapi.yaml", "/api/v1/nowhere", "/health/live")) {
            var answer = client.send(HttpMethod.HEAD, path);
            assertThat(answer.body()).as(path).isEmpty();
            assertThat(answer.headers().get("x-request-id")).isNotEmpty();
        }
    }

    @Test
    void answersManyRequestsOfOneConnection() {
        var answers = new ArrayList<Future<Http2Client.Answer>>();
        for (int number = 0; number < 100; number++) answers.add(client.sendAsync(HttpMethod.GET, "/health/live"));
        await(Future.all(answers));
        assertThat(answers).allMatch(answer -> answer.result().status() == 200);
    }

    @Test
    void answersOthersWhileALargeAnswerIsNotRead() {
        var http = client.connect(Http2Client.options().setHttp2ConnectionWindowSize(2 * 65_535));
        var large = await(client.exchange(
                http,
                HttpMethod.GET,
                Http2Client.LARGE,
                request -> request.send().map(HttpClientResponse::pause)));

        var other = client.send(http, HttpMethod.GET, "/health/live");
        assertThat(other.status()).isEqualTo(200);

        var body = large.body();
        large.resume();
        assertThat(await(body).toString())
                .isEqualTo(gateway.get(Http2Client.LARGE).body());
    }

    @Test
    void allows128StreamsAConnection() {
        var settings = Promise.<Long>promise();
        var http = client.connect(
                connection -> settings.tryComplete(connection.remoteSettings().getMaxConcurrentStreams()));
        await(client.exchange(http, HttpMethod.GET, "/health/live", HttpClientRequest::send));
        assertThat(await(settings.future())).isEqualTo(128);
    }

    @Test
    void closesAConnectionThatResetsStreamAfterStream() {
        var closed = Promise.<Void>promise();
        var http = client.connect(connection -> connection.closeHandler(gone -> closed.tryComplete()));
        resetUntil(http, closed);
        await(closed.future());
        assertThat(client.send(HttpMethod.GET, "/health/live").status()).isEqualTo(200);
    }

    // Far more than the 200 in 30 s that are allowed.
    private void resetUntil(HttpClient http, Promise<Void> closed) {
        for (int sent = 0; sent < 1_000 && !closed.future().isComplete(); sent++) {
            client.exchange(http, HttpMethod.GET, "/health/live", request -> {
                request.sendHead();
                return request.reset(8);
            });
        }
    }
}
