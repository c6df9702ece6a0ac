package io.parley.assistant.models.openai;

import static io.parley.assistant.models.openai.Models.GREETING;
import static io.parley.assistant.models.openai.Models.PATIENT;
import static io.parley.assistant.models.openai.Models.kindOf;
import static io.parley.testing.models.ModelEvents.DONE;
import static io.parley.testing.models.ModelScript.PROVIDERS_OWN_WORDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@ExtendWith(BusExtension.class)
class OpenAiModelFaultsTest {
    private static final Duration SHORT = Duration.ofMillis(100);

    private final Vertx vertx;
    private final HeardText heard = new HeardText();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.parley");
    private ScriptedModel server;

    OpenAiModelFaultsTest(Vertx vertx) {
        this.vertx = vertx;
    }

    @BeforeEach
    void start() {
        server = ScriptedModel.start(vertx);
        lines.start();
        logger.addAppender(lines);
    }

    /** Holds for every fault. */
    @AfterEach
    void logsNoSecretOrContent() {
        logger.detachAppender(lines);
        server.close();
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains(PROVIDERS_OWN_WORDS))
                .noneMatch(line -> line.contains(Models.ADAS_KEY.value()))
                .noneMatch(line -> line.contains("whispered Ada"));
        assertThat(lines.list).allMatch(line -> line.getThrowableProxy() == null);
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
        assertThat(lines.list)
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

    static Stream<String> failsAtOnceIfTheProviderAsksForALongPause() {
        var date = ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(2);
        return Stream.of("3", DateTimeFormatter.RFC_1123_DATE_TIME.format(date));
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
        assertThat(lines.list).hasSize(1 + PATIENT.retries());
    }

    @ParameterizedTest
    @MethodSource
    void breaksOffIfTheAnswerIsUnreadable(ModelScript script) {
        server.plays(script);
        assertThat(kindOf(generate(PATIENT).reply())).isEqualTo(Kind.BROKEN_OFF);
        assertThat(server.requests()).isEqualTo(1);
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

    @ParameterizedTest
    @MethodSource
    void leavesToItsCallerWhatToMakeOfAnEmptyAnswer(ModelScript script) {
        server.plays(script);
        var reply = Answers.of(generate(PATIENT).reply());
        assertThat(reply.text()).isEmpty();
        assertThat(reply.toolCalls()).isEmpty();
    }

    static Stream<ModelScript> leavesToItsCallerWhatToMakeOfAnEmptyAnswer() {
        return Stream.of(
                ModelScript.stream(DONE),
                ModelScript.stream("data: null\n\n", DONE),
                ModelScript.stream("data: 7\n\n", "data: [{\"choices\":7}]\n\n", DONE),
                ModelScript.stream(ModelEvents.role(), ModelEvents.finish("stop"), DONE),
                ModelScript.stream(ModelEvents.finish("stop")));
    }

    @ParameterizedTest
    @MethodSource
    void keepsTheTextSoFarIfTheAnswerBreaksOff(ModelScript script) {
        server.plays(script);
        assertThat(kindOf(generate(PATIENT).reply())).isIn(Kind.BROKEN_OFF, Kind.PROVIDER_ERROR);
        assertThat(heard.text()).isEqualTo("Good ");
        assertThat(server.requests()).isEqualTo(1);
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

    @Test
    void isUnreachableIfTheConnectionIsCutBeforeTheAnswer() {
        server.plays(exchange -> exchange.cut());
        assertThat(kindOf(generate(PATIENT).reply())).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void timesOutBeforeTheFirstByte() {
        var generation = generate(limits(SHORT, PATIENT.silence(), PATIENT.whole()));
        var exchange = Answers.of(server.next());
        assertThat(kindOf(generation.reply())).isEqualTo(Kind.TIMED_OUT);
        Answers.of(exchange.closed());
    }

    @Test
    void timesOutIfOnlyTheHeadersArrive() {
        server.plays(exchange -> exchange.begin());
        assertThat(kindOf(generate(limits(SHORT, PATIENT.silence(), PATIENT.whole()))
                        .reply()))
                .isEqualTo(Kind.TIMED_OUT);
    }

    @Test
    void timesOutIfTheStreamStalls() {
        server.plays(ModelScript.hangAfter(ModelEvents.text("Good ")));
        var generation = generate(limits(PATIENT.firstByte(), SHORT, PATIENT.whole()));
        var exchange = Answers.of(server.next());
        assertThat(kindOf(generation.reply())).isEqualTo(Kind.TIMED_OUT);
        assertThat(heard.text()).isEqualTo("Good ");
        Answers.of(exchange.closed());
    }

    @Test
    void timesOutIfTheAnswerNeverEnds() {
        server.plays(exchange -> vertx.setPeriodic(5, again -> exchange.write(ModelEvents.text("on and "))));
        var generation = generate(limits(PATIENT.firstByte(), PATIENT.silence(), SHORT));
        var exchange = Answers.of(server.next());
        assertThat(kindOf(generation.reply())).isEqualTo(Kind.TIMED_OUT);
        Answers.of(exchange.closed());
    }

    @Test
    void closesTheConnectionIfACompleteAnswerDoesNotEnd() {
        server.plays(ModelScript.hangAfter(ModelEvents.answer("Yes")));
        assertThat(Answers.of(generate(limits(PATIENT.firstByte(), SHORT, PATIENT.whole()))
                                .reply())
                        .text())
                .isEqualTo("Yes");
        Answers.of(Answers.of(server.next()).closed());
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
