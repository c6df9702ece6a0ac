package io.parley.gateway.connections;

import static io.parley.gateway.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.gateway.Http2Client;
import io.parley.gateway.TestGateway;
import io.vertx.core.Promise;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Http2DeadlinesTest {
    private final TestGateway gateway = TestGateway.open(TestGateway.SHORT_TIMEOUTS);
    private final Http2Client client = new Http2Client(gateway);

    @AfterEach
    void close() {
        client.close();
        gateway.close();
    }

    @Test
    void answersABodyThatDoesNotArrive() {
        var answer = await(client.exchange(HttpMethod.POST, "/api/v1/auth/login", request -> {
            request.putHeader("Content-Type", "application/json").setChunked(true);
            request.write("{");
            return request.response().compose(Http2Client::read);
        }));
        assertThat(answer.status()).isEqualTo(408);
    }

    @Test
    void answersInPlaceOfAModuleThatDoesNot() {
        await(gateway.bus.answer(Tasks.CREATE, create -> Promise.<Task>promise().future()));
        assertThat(client.post("{\"title\": \"Pack\"}", false).status()).isEqualTo(504);
    }

    @Test
    void closesAConnectionWithoutRequests() throws IOException {
        // Until the server closes it.
        assertThat(gateway.sendRaw(Http2Client.PREFACE + "\0\0\0\4\0\0\0\0\0")).isNotEmpty();
        assertThat(gateway.sendRaw(Http2Client.PREFACE.substring(0, 10))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", Http2Client.LARGE})
    void endsAnAnswerThatIsNotReadAlthoughItsConnectionIsInUse(String path) {
        var http =
                client.connect(Http2Client.options().setInitialSettings(new Http2Settings().setInitialWindowSize(1)));
        var ended = Promise.<Throwable>promise();
        await(client.exchange(
                http,
                HttpMethod.GET,
                path,
                request -> request.send()
                        .map(HttpClientResponse::pause)
                        .onSuccess(response -> response.exceptionHandler(ended::tryComplete))));

        for (int sent = 0; sent < 20_000 && !ended.future().isComplete(); sent++)
            await(client.exchange(http, HttpMethod.HEAD, "/health/live", HttpClientRequest::send));
        assertThat(await(ended.future())).isInstanceOf(StreamResetException.class);
    }
}
