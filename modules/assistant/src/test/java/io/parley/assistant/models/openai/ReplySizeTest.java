package io.parley.assistant.models.openai;

import static io.parley.assistant.models.openai.Models.GREETING;
import static io.parley.assistant.models.openai.Models.PATIENT;
import static io.parley.assistant.models.openai.Models.kindOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.models.Generation;
import io.parley.assistant.models.ModelFailure.Kind;
import io.parley.contracts.Limits;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelScript;
import io.parley.testing.models.ScriptedModel;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that are compressed, long or without end. */
@ExtendWith(BusExtension.class)
class ReplySizeTest {
    private final Vertx vertx;
    private final HeardText heard = new HeardText();
    private ScriptedModel server;

    ReplySizeTest(Vertx vertx) {
        this.vertx = vertx;
    }

    @BeforeEach
    void start() {
        server = ScriptedModel.start(vertx);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void readsACompressedAnswer() {
        server.plays(gzip(ModelEvents.answer("Good morning").getBytes(UTF_8)));
        assertThat(Answers.of(generate().reply()).text()).isEqualTo("Good morning");
        assertThat(Answers.of(server.next()).headers().get("Accept-Encoding")).contains("gzip");
    }

    @Test
    void breaksOffACompressedAnswerThatIsDamaged() {
        server.plays(exchange -> exchange.refuse(200, "text/event-stream", "no gzip", "Content-Encoding", "gzip"));
        assertThat(kindOf(generate().reply())).isIn(Kind.BROKEN_OFF, Kind.UNREACHABLE);
    }

    @Test
    void readsALongAnswerOfManyWords() {
        var answer = "word ".repeat(20_000);
        server.plays(ModelScript.answer(answer));
        assertThat(Answers.of(generate().reply()).text()).isEqualTo(answer);
    }

    @ParameterizedTest
    @MethodSource
    void breaksOffWhatIsTooLarge(ModelScript script) {
        server.plays(script);
        assertThat(kindOf(generate().reply())).isEqualTo(Kind.TOO_LARGE);
        assertThat(heard.text().length()).isLessThanOrEqualTo(Limits.CONTENT);
    }

    static Stream<ModelScript> breaksOffWhatIsTooLarge() {
        var large = "x".repeat(2_000_000);
        return Stream.of(
                gzip(new byte[100_000_000]),
                gzip(ModelEvents.text(large).getBytes(UTF_8)),
                ModelScript.endlessLine(),
                ModelScript.stream(": " + large),
                ModelScript.stream(": comment\n".repeat(200_000)),
                ModelScript.stream(ModelEvents.role().repeat(70_000)),
                ModelScript.stream(ModelEvents.text("x".repeat(1000)).repeat(2000)),
                ModelScript.stream(ModelEvents.delta(new JsonObject().put("reasoning", "x".repeat(300)))
                        .repeat(5000)),
                ModelScript.stream(ModelEvents.delta(new JsonObject().put("padding", large))));
    }

    @ParameterizedTest
    @MethodSource
    void keepsTheBeginningOfOneThatComesInOnePiece(String body) {
        server.plays(ModelScript.stream(body));
        assertThat(kindOf(generate().reply())).isEqualTo(Kind.TOO_LARGE);
        assertThat(heard.text()).isEqualTo("\"x\\".repeat(Limits.CONTENT).substring(0, Limits.CONTENT));
    }

    static Stream<String> keepsTheBeginningOfOneThatComesInOnePiece() {
        var large = "\"x\\".repeat(500_000);
        var message = new JsonObject().put("content", large);
        var choices = new JsonArray().add(new JsonObject().put("message", message));
        return Stream.of(
                ModelEvents.text(large),
                new JsonObject().put("choices", choices).encode());
    }

    private Generation generate() {
        return Models.model(vertx, server, PATIENT).generate(GREETING, heard);
    }

    private static ModelScript gzip(byte[] body) {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return exchange -> exchange.compressed(Buffer.buffer(compressed.toByteArray()));
    }
}
