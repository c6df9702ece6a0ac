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
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelScript;
import io.parley.testing.models.ScriptedModel;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(BusExtension.class)
class OpenAiModelTimeoutsTest {
    private static final Duration SHORT = Duration.ofMillis(100);

    private final HeardText heard = new HeardText();

    @RegisterExtension
    final SecretFreeLog log = new SecretFreeLog();

    private final Vertx vertx;
    private ScriptedModel server;

    OpenAiModelTimeoutsTest(Vertx vertx) {
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
