package io.parley.webhooks.delivery;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasBooking;
import static io.parley.testing.Fixtures.adasPacking;
import static io.parley.webhooks.delivery.DeliveryScene.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.webhooks.DeliveryAttempt;
import io.parley.contracts.webhooks.Webhook;
import io.parley.contracts.webhooks.Webhook.DisabledReason;
import io.parley.contracts.webhooks.Webhooks;
import io.parley.contracts.webhooks.Webhooks.Created;
import io.parley.contracts.webhooks.Webhooks.WebhookPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Patch;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When a delivery is tried again, and when a webhook is switched off. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class FailedDeliveriesTest {
    private final DeliveryScene scene;

    FailedDeliveriesTest(Vertx vertx, Bus bus, Database database) {
        this.scene = new DeliveryScene(vertx, bus, database);
    }

    @BeforeEach
    void deploy() {
        scene.deploy();
    }

    @Test
    void triesAgainAtTheTimesOfTheContract() {
        scene.receiver.answer(PATH, 500);
        var made = scene.create(ada, "task.updated");
        scene.rename(adasBooking, "Book at last");

        var ids = new ArrayList<String>();
        var waits = new ArrayList<Duration>();
        for (int attempt = 1; attempt <= 8; attempt++) {
            scene.deliver();
            ids.add(scene.receiver.next(PATH).headers().get("webhook-id"));
            var last = scene.attempts(made).get(0);
            assertThat(last).returns(attempt, DeliveryAttempt::attempt).returns(500, DeliveryAttempt::status);
            scene.deliver();
            assertThat(scene.receiver.arrived(PATH)).isNull();
            if (attempt == 8) break;
            waits.add(Duration.between(last.at(), scene.dueAt()));
            scene.clock.setTo(scene.dueAt());
        }

        assertThat(ids).hasSize(8).containsOnly(ids.get(0));
        assertThat(waits)
                .containsExactly(
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(5),
                        Duration.ofHours(10),
                        Duration.ofHours(10));
        assertThat(scene.waiting()).isZero();
        assertThat(scene.find(made)).returns(true, Webhook::isActive);
        assertThat(scene.find(made).failingSince()).isNotNull();
    }

    @Test
    void countsFailuresAnewAfterASuccess() {
        scene.receiver.answer(PATH, 404);
        var made = scene.create(ada, "task.updated");
        scene.rename(adasBooking, "Book by phone");
        scene.deliver();
        assertThat(scene.find(made).failingSince()).isNotNull();

        scene.receiver.answer(PATH, 204);
        scene.clock.setTo(scene.dueAt());
        scene.deliver();

        assertThat(scene.find(made).failingSince()).isNull();
        assertThat(scene.waiting()).isZero();
    }

    @Test
    void switchesOffWhatIsGone() {
        scene.receiver.answer(PATH, 410);
        var made = scene.create(ada, "task.updated");
        scene.rename(adasBooking, "Book first");
        scene.rename(adasPacking, "Pack second");

        scene.deliver();

        assertThat(scene.find(made))
                .returns(false, Webhook::isActive)
                .returns(DisabledReason.GONE, Webhook::disabledReason);
        assertThat(scene.waiting()).isZero();
        assertThat(scene.users.told).containsExactly(ada.userId());
        assertThat(disabledEvents(made))
                .containsExactly("{\"reason\":\"gone\",\"webhook_id\":\""
                        + made.webhook().id() + "\"}");
        scene.rename(adasBooking, "Book unheard");
        assertThat(scene.waiting()).isZero();
    }

    private List<String> disabledEvents(Created made) {
        return Answers.of(OwnerDatabase.of(scene.database)
                .query(
                        "/* test */ SELECT detail FROM security_events WHERE type = 'webhook.disabled' AND detail LIKE '%"
                                + made.webhook().id() + "%'",
                        row -> row.getString(0))
                .list(Parameters.none()));
    }

    @Test
    void switchesOffWhatHasFailedForFiveDays() {
        scene.receiver.answer(PATH, 503);
        var made = scene.create(ada, "task.updated");
        scene.rename(adasBooking, "Book now");
        scene.deliver();
        scene.clock.add(Duration.ofDays(5).minusMinutes(1));
        scene.deliver();
        assertThat(scene.find(made).isActive()).isTrue();

        scene.clock.add(Duration.ofMinutes(6));
        scene.deliver();

        assertThat(scene.find(made))
                .returns(false, Webhook::isActive)
                .returns(DisabledReason.FAILURES, Webhook::disabledReason);
        assertThat(scene.users.told).containsExactly(ada.userId());
        var patch = new WebhookPatch(Patch.absent(), Patch.absent(), Patch.absent(), Patch.to(true));
        var on = Answers.of(scene.bus.ask(
                Webhooks.UPDATE, new Webhooks.Update(ada, made.webhook().id(), Versions.ANY, patch, Origin.LOCAL)));
        assertThat(on).returns(true, Webhook::isActive).returns(null, Webhook::disabledReason);
        assertThat(on.failingSince()).isNull();
    }
}
