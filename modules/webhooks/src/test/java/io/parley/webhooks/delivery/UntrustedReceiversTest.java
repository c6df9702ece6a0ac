package io.parley.webhooks.delivery;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasBooking;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesErrand;
import static io.parley.webhooks.delivery.DeliveryScene.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.webhooks.DeliveryAttempt;
import io.parley.kernel.Bus;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.webhooks.DeliveryVerticle;
import io.parley.webhooks.WebhookSettings;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a receiver cannot make the server do. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class UntrustedReceiversTest {
    private final Vertx vertx;
    private final DeliveryScene scene;

    UntrustedReceiversTest(Vertx vertx, Bus bus, Database database) {
        this.vertx = vertx;
        this.scene = new DeliveryScene(vertx, bus, database);
    }

    @BeforeEach
    void deploy() {
        scene.deploy();
    }

    @Test
    void followsNoRedirect() {
        scene.receiver.answer(
                PATH,
                response -> response.setStatusCode(307)
                        .putHeader("Location", scene.receiver.url("/other"))
                        .end());
        var made = scene.create(ada, "task.updated");
        scene.rename(adasBooking, "Book elsewhere");

        scene.deliver();

        assertThat(scene.attempts(made).get(0)).returns(307, DeliveryAttempt::status);
        assertThat(scene.receiver.arrived("/other")).isNull();
    }

    @Test
    void waitsForNoAnswerTooLongAndReadsNoLongOnes() {
        scene.callWith(true, Duration.ofSeconds(1));
        scene.receiver.answer(PATH, response -> {});
        var silent = scene.create(ada, "task.updated");
        scene.rename(adasBooking, "Book in silence");
        scene.deliver();
        assertThat(scene.attempts(silent).get(0))
                .returns(null, DeliveryAttempt::status)
                .returns("timed_out", DeliveryAttempt::error);

        scene.callWith(true, Duration.ofSeconds(15));
        scene.receiver.answer(PATH, response -> response.setChunked(true).write("x".repeat(100_000)));
        scene.clock.setTo(scene.dueAt());
        scene.deliver();
        assertThat(scene.attempts(silent).get(0)).returns(200, DeliveryAttempt::status);
    }

    @Test
    void checksTheAddressBeforeEachRequest() {
        var made = scene.create(ada, "task.updated");
        scene.rename(adasBooking, "Book inside");
        scene.callWith(false, Duration.ofSeconds(15));

        scene.deliver();

        assertThat(scene.receiver.arrived(PATH)).isNull();
        assertThat(scene.attempts(made).get(0)).returns("address_refused", DeliveryAttempt::error);

        scene.run("UPDATE webhooks SET url = 'https://localhost/hook'");
        scene.clock.setTo(scene.dueAt());
        scene.deliver();
        assertThat(scene.attempts(made).get(0)).returns("address_refused", DeliveryAttempt::error);
    }

    @Test
    void letsNobodyWaitForASlowReceiver() {
        scene.receiver.answer("/slow", response -> {});
        for (int each = 0; each < 6; each++) scene.create(ada, "*", "/slow");
        scene.create(grace, "*", "/fast");
        scene.rename(adasBooking, "Wait");

        var deployed = Answers.of(
                vertx.deployVerticle(new DeliveryVerticle(scene.bus, scene.database, new WebhookSettings(true))));
        scene.receiver.next("/slow");
        scene.rename(gracesErrand, "Hurry");

        assertThat(scene.receiver.next("/fast").body()).contains(gracesErrand.toString());
        Answers.of(vertx.undeploy(deployed));
    }
}
