package io.parley.assistant.models.openai;

import static io.parley.assistant.models.openai.Models.GREETING;
import static io.parley.assistant.models.openai.Models.PATIENT;
import static io.parley.assistant.models.openai.Models.kindOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.models.Generation;
import io.parley.assistant.models.ModelFailure.Kind;
import io.parley.assistant.models.ModelLimits;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.models.ModelScript;
import io.parley.testing.models.ScriptedModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BusExtension.class)
class OpenAiModelRetriesTest {
    private final HeardText heard = new HeardText();

    @RegisterExtension
    final SecretFreeLog log = new SecretFreeLog();

    private final Vertx vertx;
    private ScriptedModel server;

    OpenAiModelRetriesTest(Vertx vertx) {
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

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void retriesIfTheFailureMayPass(int status) {
        server.plays(ModelScript.status(status), ModelScript.status(status)).always(ModelScript.answer("Yes"));
        assertThat(Answers.of(generate(PATIENT).reply()).text()).isEqualTo("Yes");
        assertThat(server.requests()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"429, OVERLOADED", "503, PROVIDER_ERROR"})
    void givesUpAfterTheLastRetry(int status, Kind kind) {
        server.always(ModelScript.status(status, "Retry-After", "0"));
        assertThat(kindOf(generate(PATIENT).reply())).isEqualTo(kind);
        assertThat(server.requests()).isEqualTo(3);
    }

    @Test
    void waitsAsLongAsTheProviderAsksFor() {
        server.plays(ModelScript.status(429, "Retry-After", "1")).always(ModelScript.answer("Yes"));
        long asked = System.nanoTime();
        assertThat(Answers.of(generate(PATIENT).reply()).text()).isEqualTo("Yes");
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @MethodSource
    void failsAtOnceIfTheProviderAsksForALongPause(String retryAfter) {
        server.plays(ModelScript.status(429, "Retry-After", retryAfter)).always(ModelScript.answer("Yes"));
        assertThat(kindOf(generate(PATIENT).reply())).isEqualTo(Kind.OVERLOADED);
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void retriesAtOnceIfTheProviderNamesAPastDate() {
        server.plays(ModelScript.status(429, "Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"))
                .always(ModelScript.answer("Yes"));
        assertThat(Answers.of(generate(PATIENT).reply()).text()).isEqualTo("Yes");
    }

    @Test
    void retriesIfNobodyListensAtThePort() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var provider = Models.provider(URI.create("http://127.0.0.1:" + port + "/v1"));
        var model = new OpenAiModel(vertx, ModelHttpClient.create(vertx, PATIENT), PATIENT, provider);
        assertThat(kindOf(model.generate(GREETING, heard).reply())).isEqualTo(Kind.UNREACHABLE);
        assertThat(log.lines()).hasSize(1 + PATIENT.retries());
    }

    static Stream<String> failsAtOnceIfTheProviderAsksForALongPause() {
        var date = ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(2);
        return Stream.of("3", DateTimeFormatter.RFC_1123_DATE_TIME.format(date));
    }

    private Generation generate(ModelLimits limits) {
        return Models.model(vertx, server, limits).generate(GREETING, heard);
    }

    private static ModelLimits limits(Duration firstByte, Duration silence, Duration whole) {
        return new ModelLimits(
                PATIENT.connect(),
                firstByte,
                silence,
                whole,
                PATIENT.retries(),
                PATIENT.pause(),
                PATIENT.longestPause(),
                PATIENT.maxReply());
    }
}
