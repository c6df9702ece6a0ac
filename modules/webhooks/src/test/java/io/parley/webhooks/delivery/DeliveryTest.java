package io.parley.webhooks.delivery;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasBooking;
import static io.parley.testing.Fixtures.adasPacking;
import static io.parley.testing.Fixtures.alan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesErrand;
import static io.parley.webhooks.delivery.DeliveryScene.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.StoredSecrets.Place;
import io.parley.contracts.webhooks.DeliveryAttempt;
import io.parley.contracts.webhooks.Webhooks;
import io.parley.kernel.Bus;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.webhooks.Receiver;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What receivers get. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class DeliveryTest {
    private final DeliveryScene scene;

    DeliveryTest(Vertx vertx, Bus bus, Database database) {
        this.scene = new DeliveryScene(vertx, bus, database);
    }

    @BeforeEach
    void deploy() {
        scene.deploy();
    }

    @Test
    void signsIdsOfWhatHasChanged() throws GeneralSecurityException {
        var made = scene.create(ada, "task.updated");
        scene.rename(adasBooking, "Book two night trains");

        scene.deliver();

        var call = scene.receiver.next(PATH);
        var body = new JsonObject(call.body());
        assertThat(body.fieldNames()).containsExactly("type", "timestamp", "data");
        assertThat(body.getString("type")).isEqualTo("task.updated");
        assertThat(Instant.parse(body.getString("timestamp"))).isBefore(scene.clock.instant());
        assertThat(body.getJsonObject("data").getMap())
                .containsOnly(
                        Map.entry("resource", "task"),
                        Map.entry("id", adasBooking.toString()),
                        Map.entry("kind", "updated"));
        assertThat(call.headers()).containsEntry("content-type", "application/json");
        assertThat(call.headers().get("webhook-signature")).isEqualTo(signature(made.secret(), call));
        var attempt = scene.attempts(made).get(0);
        assertThat(attempt.eventId().toString()).isEqualTo(call.headers().get("webhook-id"));
        assertThat(attempt)
                .returns("task.updated", DeliveryAttempt::type)
                .returns(1, DeliveryAttempt::attempt)
                .returns(200, DeliveryAttempt::status)
                .returns(null, DeliveryAttempt::error);
        assertThat(scene.waiting()).isZero();
    }

    @Test
    void signsWithTheSecretBeforeForADay() throws GeneralSecurityException {
        var made = scene.create(ada, "*");
        var rotated = Answers.of(scene.bus.ask(
                        Webhooks.ROTATE_SECRET,
                        new Webhooks.Rotate(ada, made.webhook().id(), Origin.LOCAL)))
                .secret();
        scene.test(made);
        scene.deliver();

        var both = scene.receiver.next(PATH);
        assertThat(both.headers().get("webhook-signature"))
                .isEqualTo(signature(rotated, both) + " " + signature(made.secret(), both));
        assertThat(both.body()).contains("\"type\":\"webhook.test\"");

        scene.clock.add(Duration.ofHours(25));
        scene.test(made);
        scene.deliver();
        var later = scene.receiver.next(PATH);
        assertThat(later.headers().get("webhook-signature")).isEqualTo(signature(rotated, later));
    }

    // By the words of the specification, with nothing of the module.
    private static String signature(Secret secret, Receiver.Call call) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(
                Base64.getDecoder().decode(secret.value().substring("whsec_".length())), "HmacSHA256"));
        var signed =
                call.headers().get("webhook-id") + "." + call.headers().get("webhook-timestamp") + "." + call.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void sendsOnlyWhatIsWantedAndToItsOwner() {
        scene.create(ada, "task.deleted");
        scene.rename(adasBooking, "Book a ferry");
        scene.run("UPDATE tasks SET title = 'Buy paper' WHERE id = '" + gracesErrand + "'");

        scene.deliver();

        assertThat(scene.receiver.arrived(PATH)).isNull();
        assertThat(scene.waiting()).isZero();
    }

    @Test
    void storesNothingForWhoHasNoWebhooks() {
        var made = scene.create(ada, "*");
        assertThat(isFollowed()).isTrue();
        Answers.of(scene.bus.ask(
                Webhooks.DELETE, new Webhooks.Delete(ada, made.webhook().id(), Versions.ANY, Origin.LOCAL)));

        scene.rename(adasBooking, "Book nothing");

        assertThat(isFollowed()).isFalse();
        assertThat(scene.waiting()).isZero();
        scene.create(ada, "*");
        scene.rename(adasBooking, "Book something");
        assertThat(scene.waiting()).isOne();
    }

    private boolean isFollowed() {
        return Answers.of(OwnerDatabase.of(scene.database)
                .query(
                        "/* test */ SELECT is_followed FROM change_counters WHERE user_id = '" + ada.userId() + "'",
                        row -> row.getBoolean(0))
                .only(Parameters.none()));
    }

    @Test
    void goesOnWhereADeadNodeHasStopped() {
        var made = scene.create(ada, "task.updated");
        scene.rename(adasBooking, "Book after a crash");
        var queue = new QueueStore(scene.database);
        var place = new Place(ada.userId(), made.webhook().id());
        assertThat(Answers.of(queue.claim(place, scene.clock.instant()))).isPresent();

        scene.deliver();
        assertThat(scene.receiver.arrived(PATH)).isNull();

        scene.run("UPDATE webhooks SET busy_until = now()");
        scene.deliver();
        scene.receiver.next(PATH);
        assertThat(scene.waiting()).isZero();
    }

    @Test
    void keepsWhatIsAddedWhileItIsBusy() {
        var made = scene.create(ada, "task.updated");
        scene.rename(adasBooking, "Book one");
        scene.receiver.answer(PATH, response -> {
            scene.receiver.answer(PATH, 200);
            OwnerDatabase.of(scene.database)
                    .query("UPDATE tasks SET title = 'Pack one' WHERE id = '" + adasPacking + "'")
                    .run(Parameters.none())
                    .onComplete(changed -> response.end());
        });

        scene.deliver();
        scene.receiver.next(PATH);
        scene.deliver();

        assertThat(scene.receiver.next(PATH).body()).contains(adasPacking.toString());
        assertThat(scene.attempts(made)).hasSize(2);
    }

    @Test
    void sendsNothingForDeactivatedAccounts() {
        var made = scene.create(alan, "*");
        scene.test(made, alan);

        scene.deliver();

        assertThat(scene.receiver.arrived(PATH)).isNull();
        assertThat(scene.waiting()).isOne();
    }

    @Test
    void endsWithItsOwnersAccount() {
        var made = scene.create(grace, "*");
        scene.test(made, grace);

        scene.run("DELETE FROM webhooks WHERE user_id = '" + grace.userId() + "'");
        scene.deliver();

        assertThat(scene.receiver.arrived(PATH)).isNull();
        assertThat(scene.waiting()).isZero();
    }
}
