package io.parley.testing.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BusExtension.class)
class ScriptedModelTest {
    private final Vertx vertx;
    private ScriptedModel server;
    private HttpClient http;

    ScriptedModelTest(Vertx vertx) {
        this.vertx = vertx;
    }

    @BeforeEach
    void start() {
        server = ScriptedModel.start(vertx);
        http = vertx.createHttpClient();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void listsItsModel() {
        var models = Answers.of(http.request(options(HttpMethod.GET, "/models"))
                .compose(request -> request.send().compose(HttpClientResponse::body)));
        assertThat(models.toJsonObject().getJsonArray("data").getJsonObject(0).getString("id"))
                .isEqualTo(ModelEvents.MODEL);
    }

    @Test
    void playsEachScriptOnceAndThenTheLastOneForEver() {
        server.plays(ModelScript.status(429)).always(ModelScript.answer("Yes"));
        assertThat(send("Well?").statusCode()).isEqualTo(429);
        assertThat(send("Well?").statusCode()).isEqualTo(200);
        assertThat(send("Well?").statusCode()).isEqualTo(200);
    }

    @Test
    void returnsTheRequestsInTheirOrder() {
        server.always(ModelScript.answer("Yes"));
        send("one");
        send("two");
        assertThat(Answers.of(server.next()).body()).isEqualTo(request("one"));
        assertThat(Answers.of(server.next()).body()).isEqualTo(request("two"));
        assertThat(server.next().isComplete()).isFalse();
    }

    @Test
    void goesOnWithNothingThatNobodyHasRecorded() {
        server.always(Recordings.airline(3));
        assertThat(send("What is the time?").statusCode()).isEqualTo(400);
    }

    private HttpClientResponse send(String content) {
        var body = Buffer.buffer(request(content).encode());
        return Answers.of(
                http.request(options(HttpMethod.POST, "/chat/completions")).compose(request -> request.send(body)));
    }

    private static JsonObject request(String content) {
        var message = new JsonObject().put("role", "user").put("content", content);
        return new JsonObject().put("messages", new JsonArray().add(message));
    }

    private RequestOptions options(HttpMethod method, String path) {
        return new RequestOptions().setMethod(method).setAbsoluteURI(server.baseUrl() + path);
    }
}
