package io.parley.assistant.models.openai;

import static io.parley.assistant.models.openai.Models.GREETING;
import static io.parley.assistant.models.openai.Models.PATIENT;
import static io.parley.assistant.models.openai.Models.kindOf;
import static io.parley.testing.models.ModelEvents.DONE;
import static io.parley.testing.models.ModelScript.PROVIDERS_OWN_WORDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parley.assistant.models.Generation;
import io.parley.assistant.models.ModelFailure.Kind;
import io.parley.assistant.models.ModelLimits;
import io.parley.assistant.models.Provider;
import io.parley.contracts.Limits;
import io.parley.kernel.Secret;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelScript;
import io.parley.testing.models.ScriptedModel;
import io.vertx.core.Vertx;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(BusExtension.class)
class OpenAiModelFaultsTest {
    private final HeardText heard = new HeardText();

    @RegisterExtension
    final SecretFreeLog log = new SecretFreeLog();

    private final Vertx vertx;
    private ScriptedModel server;

    OpenAiModelFaultsTest(Vertx vertx) {
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
    @CsvSource({
        "400, REFUSED",
        "401, KEY_REFUSED",
        "402, REFUSED",
        "403, KEY_REFUSED",
        "404, REFUSED",
        "408, TIMED_OUT",
        "500, PROVIDER_ERROR",
        "502, PROVIDER_ERROR",
        "504, PROVIDER_ERROR"
    })
    void translatesAStatusAndDoesNotRetry(int status, Kind kind) {
        server.plays(ModelScript.status(status)).always(ModelScript.answer("Yes"));
        assertThat(kindOf(generate(PATIENT).reply())).isEqualTo(kind);
        assertThat(server.requests()).isEqualTo(1);
        assertThat(log.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.getArgumentArray()).contains("scripted", kind));
    }

    @Test
    void followsNoRedirect() {
        server.plays(ModelScript.status(307, "Location", server.baseUrl() + "/chat/completions"))
                .always(ModelScript.answer("Yes"));
        assertThat(kindOf(generate(PATIENT).reply())).isEqualTo(Kind.PROVIDER_ERROR);
        assertThat(server.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource
    void breaksOffIfTheAnswerIsUnreadable(ModelScript script) {
        server.plays(script);
        assertThat(kindOf(generate(PATIENT).reply())).isEqualTo(Kind.BROKEN_OFF);
        assertThat(server.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource
    void leavesToItsCallerWhatToMakeOfAnEmptyAnswer(ModelScript script) {
        server.plays(script);
        var reply = Answers.of(generate(PATIENT).reply());
        assertThat(reply.text()).isEmpty();
        assertThat(reply.toolCalls()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void keepsTheTextSoFarIfTheAnswerBreaksOff(ModelScript script) {
        server.plays(script);
        assertThat(kindOf(generate(PATIENT).reply())).isIn(Kind.BROKEN_OFF, Kind.PROVIDER_ERROR);
        assertThat(heard.text()).isEqualTo("Good ");
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void isUnreachableIfTheConnectionIsCutBeforeTheAnswer() {
        server.plays(exchange -> exchange.cut());
        assertThat(kindOf(generate(PATIENT).reply())).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void refusesMoreTextThanAMessageMayHave() {
        var half = "x".repeat(Limits.CONTENT / 2);
        server.plays(ModelScript.stream(
                ModelEvents.text(half),
                ModelEvents.text(half),
                ModelEvents.text("!"),
                ModelEvents.finish("stop"),
                DONE));
        assertThat(kindOf(generate(PATIENT).reply())).isEqualTo(Kind.TOO_LARGE);
        assertThat(heard.text()).hasSize(Limits.CONTENT);
    }

    @Test
    void refusesEndlessToolCalls() {
        server.plays(exchange -> {
            exchange.write(ModelEvents.call(0, "c", "add_task", ""));
            for (int piece = 0; piece < 100; piece++) exchange.write(ModelEvents.arguments(0, "x".repeat(1000)));
        });
        assertThat(kindOf(generate(PATIENT).reply())).isEqualTo(Kind.TOO_LARGE);
        Answers.of(Answers.of(server.next()).closed());
    }

    @Test
    void refusesRequestsBeyondTheQueueForConnections() {
        var http = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(1).setMaxWaitQueueSize(0));
        var model = new OpenAiModel(vertx, http, PATIENT, Models.provider(server.baseUrl()));
        var first = model.generate(GREETING, heard);
        Answers.of(server.next());
        assertThat(kindOf(model.generate(GREETING, heard).reply())).isEqualTo(Kind.OVERLOADED);
        assertThat(server.requests()).isEqualTo(1);
        first.cancel();
    }

    @Test
    void doesNotQuoteTheProviderInTheFailure() {
        server.plays(ModelScript.status(500));
        var failure = catchThrowable(() -> Answers.of(generate(PATIENT).reply()));
        assertThat(failure).hasMessageNotContaining(PROVIDERS_OWN_WORDS).hasNoCause();
    }

    @Test
    void replacesCharactersThatTheDatabaseCannotStore() {
        server.plays(ModelScript.stream(
                "data: {\"choices\":[{\"delta\":{\"content\":\"a\\u0000b\\ud83dc\\ud83d\\ude00\"}}]}\n\n",
                ModelEvents.finish("stop")));
        assertThat(Answers.of(generate(PATIENT).reply()).text()).isEqualTo("a\uFFFDb\uFFFDc😀");
    }

    @Test
    void endsAtOnceIfTheKeyCannotBeSent() {
        var provider = new Provider(
                "scripted",
                server.baseUrl(),
                List.of("gpt-ada"),
                new Secret(Models.ADAS_KEY.value() + "\nx"),
                false,
                false,
                false);
        var model = new OpenAiModel(vertx, ModelHttpClient.create(vertx, PATIENT), PATIENT, provider);
        assertThat(kindOf(model.generate(GREETING, heard).reply())).isEqualTo(Kind.KEY_REFUSED);
        assertThat(server.requests()).isZero();
    }

    @Test
    void endsAtOnceIfItsReceiverThrows() {
        server.plays(ModelScript.answer("Yes"));
        var generation = Models.model(vertx, server, PATIENT).generate(GREETING, piece -> {
            throw new IllegalStateException(Models.ADAS_KEY.value());
        });
        assertThat(kindOf(generation.reply())).isEqualTo(Kind.INTERNAL);
    }

    static Stream<ModelScript> breaksOffIfTheAnswerIsUnreadable() {
        return Stream.of(
                ModelScript.html(),
                ModelScript.garbage(),
                ModelScript.stream(),
                ModelScript.stream(ModelEvents.call(0, "c", "", "{}"), DONE),
                ModelScript.cutAfter(ModelEvents.role()),
                ModelScript.cutAfter(ModelEvents.COMMENT));
    }

    static Stream<ModelScript> leavesToItsCallerWhatToMakeOfAnEmptyAnswer() {
        return Stream.of(
                ModelScript.stream(DONE),
                ModelScript.stream("data: null\n\n", DONE),
                ModelScript.stream("data: 7\n\n", "data: [{\"choices\":7}]\n\n", DONE),
                ModelScript.stream(ModelEvents.role(), ModelEvents.finish("stop"), DONE),
                ModelScript.stream(ModelEvents.finish("stop")));
    }

    static Stream<ModelScript> keepsTheTextSoFarIfTheAnswerBreaksOff() {
        var good = ModelEvents.text("Good ");
        return Stream.of(
                ModelScript.cutAfter(good),
                ModelScript.cutAfter(good, "data: {\"choi"),
                ModelScript.stream(good),
                ModelScript.stream(good, ModelEvents.error(PROVIDERS_OWN_WORDS), ModelEvents.text("never heard")),
                ModelScript.stream(good, ModelEvents.finish("error"), DONE),
                ModelScript.stream(good, "data: " + PROVIDERS_OWN_WORDS + "\n\n", ModelEvents.text("never heard")));
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
