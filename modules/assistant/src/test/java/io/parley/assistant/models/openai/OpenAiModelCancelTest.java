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
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BusExtension.class)
class OpenAiModelCancelTest {
    private final Vertx vertx;
    private final HeardText heard = new HeardText();
    private ScriptedModel server;

    OpenAiModelCancelTest(Vertx vertx) {
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
    void closesTheConnectionInMidStream() {
        server.plays(ModelScript.hangAfter(ModelEvents.text("Good ")));
        var generation = generate(PATIENT);
        Answers.of(heard.exactly("Good "));
        generation.cancel();
        assertThat(kindOf(generation.reply())).isEqualTo(Kind.CANCELLED);
        Answers.of(Answers.of(server.next()).closed());
    }

    @Test
    void closesTheConnectionBeforeTheFirstByte() {
        var generation = generate(PATIENT);
        var exchange = Answers.of(server.next());
        generation.cancel();
        assertThat(kindOf(generation.reply())).isEqualTo(Kind.CANCELLED);
        Answers.of(exchange.closed());
    }

    @Test
    void sendsNoRequestIfItIsCancelledAtOnce() {
        Promise<Generation> begun = Promise.promise();
        vertx.runOnContext(here -> {
            var generation = generate(PATIENT);
            generation.cancel();
            begun.complete(generation);
        });
        assertThat(kindOf(Answers.of(begun.future()).reply())).isEqualTo(Kind.CANCELLED);
        assertThat(server.requests()).isZero();
    }

    @Test
    void doesNotRetryAfterCancel() {
        server.plays(ModelScript.status(429));
        var generation = generate(waitingAnHour());
        Answers.of(server.next());
        generation.cancel();
        assertThat(kindOf(generation.reply())).isEqualTo(Kind.CANCELLED);
        assertThat(server.requests()).isEqualTo(1);
    }

    private static ModelLimits waitingAnHour() {
        var hour = Duration.ofHours(1);
        return new ModelLimits(hour, hour, hour, hour, 1, hour, hour, PATIENT.maxReply());
    }

    @Test
    void takesNoConnectionIfItIsCancelledWhileWaitingForOne() {
        var http = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(1));
        var model = new OpenAiModel(vertx, http, PATIENT, Models.provider(server.baseUrl()));
        var first = model.generate(GREETING, heard);
        var exchange = Answers.of(server.next());
        var waiting = model.generate(Models.prompt("and you?"), heard);
        waiting.cancel();
        assertThat(kindOf(waiting.reply())).isEqualTo(Kind.CANCELLED);
        var last = model.generate(Models.prompt("and me?"), heard);
        exchange.write(ModelEvents.answer("Yes")).end();
        assertThat(Answers.of(first.reply()).text()).isEqualTo("Yes");
        assertThat(Answers.of(server.next()).body().encode()).contains("and me?");
        last.cancel();
    }

    @Test
    void passesOnNoTextAfterItsListenerCancelsIt() {
        server.plays(ModelScript.answer("one two three"));
        var generation = new AtomicReference<Generation>();
        vertx.runOnContext(here ->
                generation.set(Models.model(vertx, server, PATIENT).generate(GREETING, piece -> {
                    heard.onText(piece);
                    generation.get().cancel();
                })));
        Answers.of(heard.exactly("one "));
        assertThat(kindOf(generation.get().reply())).isEqualTo(Kind.CANCELLED);
        assertThat(heard.text()).isEqualTo("one ");
    }

    @Test
    void hasNoEffectAfterTheEnd() {
        server.plays(ModelScript.answer("Yes"));
        var generation = generate(PATIENT);
        assertThat(Answers.of(generation.reply()).text()).isEqualTo("Yes");
        generation.cancel();
        assertThat(Answers.of(generation.reply()).text()).isEqualTo("Yes");
    }

    @Test
    void leavesOtherGenerationsAlone() {
        var model = Models.model(vertx, server, PATIENT);
        var one = model.generate(GREETING, new HeardText());
        var first = Answers.of(server.next());
        var other = model.generate(GREETING, heard);
        var second = Answers.of(server.next());
        one.cancel();
        Answers.of(first.closed());
        second.write(ModelEvents.answer("Yes")).end();
        assertThat(Answers.of(other.reply()).text()).isEqualTo("Yes");
    }

    @Test
    void cancelsOnlyItsOwnTimers() {
        var fresh = Vertx.vertx();
        long first = fresh.setTimer(PATIENT.whole().toMillis(), late -> {});
        server.plays(ModelScript.hangAfter(ModelEvents.text("Good ")));
        var generation = Models.model(fresh, server, PATIENT).generate(GREETING, heard);
        Answers.of(heard.exactly("Good "));
        generation.cancel();
        assertThat(kindOf(generation.reply())).isEqualTo(Kind.CANCELLED);
        assertThat(fresh.cancelTimer(first)).isTrue();
        Answers.of(fresh.close());
    }

    private Generation generate(ModelLimits limits) {
        return Models.model(vertx, server, limits).generate(GREETING, heard);
    }
}
