package io.parley.webhooks.delivery;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasBooking;
import static io.parley.testing.Fixtures.adasPacking;
import static io.parley.testing.Fixtures.alan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesErrand;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.StoredSecrets.Place;
import io.parley.contracts.webhooks.DeliveryAttempt;
import io.parley.contracts.webhooks.Webhook;
import io.parley.contracts.webhooks.Webhook.DisabledReason;
import io.parley.contracts.webhooks.Webhooks;
import io.parley.contracts.webhooks.Webhooks.Created;
import io.parley.contracts.webhooks.Webhooks.WebhookDraft;
import io.parley.contracts.webhooks.Webhooks.WebhookPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Patch;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
import io.parley.kernel.outbound.OutboundHttp;
import io.parley.kernel.outbound.OutboundLimits;
import io.parley.kernel.outbound.PublicAddresses;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.webhooks.Receiver;
import io.parley.webhooks.UsersFake;
import io.parley.webhooks.WebhookSettings;
import io.parley.webhooks.WebhooksVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What receivers get, and when. Sessions are run one after the other, as a dispatcher would start them. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class DeliveryTest {
    private static final String PATH = "/hook";

    private final Vertx vertx;
    private final Bus bus;
    private final Database database;
    private final LaterClock clock = new LaterClock();
    private final UsersFake users = new UsersFake();
    private final Receiver receiver;
    private Session session;

    DeliveryTest(Vertx vertx, Bus bus, Database database) {
        this.vertx = vertx;
        this.bus = bus;
        this.database = database;
        this.receiver = new Receiver(vertx);
        this.session = session(true, Duration.ofSeconds(15));
    }

    @BeforeEach
    void deploy() {
        for (var deployed : vertx.deploymentIDs()) Answers.of(vertx.undeploy(deployed));
        run("DELETE FROM webhooks");
        Answers.of(vertx.deployVerticle(new UsersVerticleFake(bus, users)));
        Answers.of(vertx.deployVerticle(new WebhooksVerticle(bus, database, new WebhookSettings(true))));
    }

    private Session session(boolean allowPrivate, Duration limit) {
        var http = new OutboundHttp(
                vertx,
                "test",
                allowPrivate ? PublicAddresses::containOrArePrivate : PublicAddresses::contain,
                new OutboundLimits(limit, 1024, 8, 2));
        return new Session(bus, database, new SigningSecrets(bus), new Sender(http, allowPrivate, clock), clock);
    }

    @Test
    void signsIdsOfWhatHasChanged() throws GeneralSecurityException {
        var made = create(ada, "task.updated");
        rename(adasBooking, "Book two night trains");

        deliver();

        var call = receiver.next(PATH);
        var body = new JsonObject(call.body());
        assertThat(body.fieldNames()).containsExactly("type", "timestamp", "data");
        assertThat(body.getString("type")).isEqualTo("task.updated");
        assertThat(Instant.parse(body.getString("timestamp"))).isBefore(clock.instant());
        assertThat(body.getJsonObject("data").getMap())
                .containsOnly(
                        Map.entry("resource", "task"),
                        Map.entry("id", adasBooking.toString()),
                        Map.entry("kind", "updated"));
        assertThat(call.headers()).containsEntry("content-type", "application/json");
        assertThat(call.headers().get("webhook-signature")).isEqualTo(signature(made.secret(), call));
        var attempt = attempts(made).get(0);
        assertThat(attempt.eventId().toString()).isEqualTo(call.headers().get("webhook-id"));
        assertThat(attempt)
                .returns("task.updated", DeliveryAttempt::type)
                .returns(1, DeliveryAttempt::attempt)
                .returns(200, DeliveryAttempt::status)
                .returns(null, DeliveryAttempt::error);
        assertThat(waiting()).isZero();
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
        create(ada, "task.deleted");
        rename(adasBooking, "Book a ferry");
        run("UPDATE tasks SET title = 'Buy paper' WHERE id = '" + gracesErrand + "'");

        deliver();

        assertThat(receiver.arrived(PATH)).isNull();
        assertThat(waiting()).isZero();
    }

    @Test
    void storesNothingForWhoHasNoWebhooks() {
        var made = create(ada, "*");
        assertThat(isFollowed()).isTrue();
        Answers.of(
                bus.ask(Webhooks.DELETE, new Webhooks.Delete(ada, made.webhook().id(), Versions.ANY, Origin.LOCAL)));

        rename(adasBooking, "Book nothing");

        assertThat(isFollowed()).isFalse();
        assertThat(waiting()).isZero();
        create(ada, "*");
        rename(adasBooking, "Book something");
        assertThat(waiting()).isOne();
    }

    @Test
    void triesAgainAtTheTimesOfTheContract() {
        receiver.answer(PATH, 500);
        var made = create(ada, "task.updated");
        rename(adasBooking, "Book at last");

        var ids = new ArrayList<String>();
        var waits = new ArrayList<Duration>();
        for (int attempt = 1; attempt <= 8; attempt++) {
            deliver();
            ids.add(receiver.next(PATH).headers().get("webhook-id"));
            var last = attempts(made).get(0);
            assertThat(last).returns(attempt, DeliveryAttempt::attempt).returns(500, DeliveryAttempt::status);
            deliver();
            assertThat(receiver.arrived(PATH)).isNull();
            if (attempt == 8) break;
            waits.add(Duration.between(last.at(), dueAt()));
            clock.setTo(dueAt());
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
        assertThat(waiting()).isZero();
        assertThat(find(made)).returns(true, Webhook::isActive);
        assertThat(find(made).failingSince()).isNotNull();
    }

    @Test
    void countsFailuresAnewAfterASuccess() {
        receiver.answer(PATH, 404);
        var made = create(ada, "task.updated");
        rename(adasBooking, "Book by phone");
        deliver();
        assertThat(find(made).failingSince()).isNotNull();

        receiver.answer(PATH, 204);
        clock.setTo(dueAt());
        deliver();

        assertThat(find(made).failingSince()).isNull();
        assertThat(waiting()).isZero();
    }

    @Test
    void switchesOffWhatIsGone() {
        receiver.answer(PATH, 410);
        var made = create(ada, "task.updated");
        rename(adasBooking, "Book first");
        rename(adasPacking, "Pack second");

        deliver();

        assertThat(find(made)).returns(false, Webhook::isActive).returns(DisabledReason.GONE, Webhook::disabledReason);
        assertThat(waiting()).isZero();
        assertThat(users.told).containsExactly(ada.userId());
        assertThat(disabledEvents(made))
                .containsExactly("{\"reason\":\"gone\",\"webhook_id\":\""
                        + made.webhook().id() + "\"}");
        rename(adasBooking, "Book unheard");
        assertThat(waiting()).isZero();
    }

    @Test
    void switchesOffWhatHasFailedForFiveDays() {
        receiver.answer(PATH, 503);
        var made = create(ada, "task.updated");
        rename(adasBooking, "Book now");
        deliver();
        clock.add(Duration.ofDays(5).minusMinutes(1));
        deliver();
        assertThat(find(made).isActive()).isTrue();

        clock.add(Duration.ofMinutes(6));
        deliver();

        assertThat(find(made))
                .returns(false, Webhook::isActive)
                .returns(DisabledReason.FAILURES, Webhook::disabledReason);
        assertThat(users.told).containsExactly(ada.userId());
        var patch = new WebhookPatch(Patch.absent(), Patch.absent(), Patch.absent(), Patch.to(true));
        var on = Answers.of(bus.ask(
                Webhooks.UPDATE, new Webhooks.Update(ada, made.webhook().id(), Versions.ANY, patch, Origin.LOCAL)));
        assertThat(on).returns(true, Webhook::isActive).returns(null, Webhook::disabledReason);
        assertThat(on.failingSince()).isNull();
    }

    @Test
    void signsWithTheSecretBeforeForADay() throws GeneralSecurityException {
        var made = create(ada, "*");
        var rotated = Answers.of(bus.ask(
                        Webhooks.ROTATE_SECRET,
                        new Webhooks.Rotate(ada, made.webhook().id(), Origin.LOCAL)))
                .secret();
        test(made);
        deliver();

        var both = receiver.next(PATH);
        assertThat(both.headers().get("webhook-signature"))
                .isEqualTo(signature(rotated, both) + " " + signature(made.secret(), both));
        assertThat(both.body()).contains("\"type\":\"webhook.test\"");

        clock.add(Duration.ofHours(25));
        test(made);
        deliver();
        var later = receiver.next(PATH);
        assertThat(later.headers().get("webhook-signature")).isEqualTo(signature(rotated, later));
    }

    @Test
    void goesOnWhereADeadNodeHasStopped() {
        var made = create(ada, "task.updated");
        rename(adasBooking, "Book after a crash");
        var queue = new QueueStore(database);
        var place = new Place(ada.userId(), made.webhook().id());
        assertThat(Answers.of(queue.claim(place, clock.instant()))).isPresent();

        deliver();
        assertThat(receiver.arrived(PATH)).isNull();

        run("UPDATE webhooks SET busy_until = now()");
        deliver();
        receiver.next(PATH);
        assertThat(waiting()).isZero();
    }

    @Test
    void keepsWhatIsAddedWhileItIsBusy() {
        var made = create(ada, "task.updated");
        rename(adasBooking, "Book one");
        receiver.answer(PATH, response -> {
            receiver.answer(PATH, 200);
            OwnerDatabase.of(database)
                    .query("UPDATE tasks SET title = 'Pack one' WHERE id = '" + adasPacking + "'")
                    .run(Parameters.none())
                    .onComplete(changed -> response.end());
        });

        deliver();
        receiver.next(PATH);
        deliver();

        assertThat(receiver.next(PATH).body()).contains(adasPacking.toString());
        assertThat(attempts(made)).hasSize(2);
    }

    @Test
    void followsNoRedirect() {
        receiver.answer(
                PATH,
                response -> response.setStatusCode(307)
                        .putHeader("Location", receiver.url("/other"))
                        .end());
        var made = create(ada, "task.updated");
        rename(adasBooking, "Book elsewhere");

        deliver();

        assertThat(attempts(made).get(0)).returns(307, DeliveryAttempt::status);
        assertThat(receiver.arrived("/other")).isNull();
    }

    @Test
    void waitsForNoAnswerTooLongAndReadsNoLongOnes() {
        session = session(true, Duration.ofSeconds(1));
        receiver.answer(PATH, response -> {});
        var silent = create(ada, "task.updated");
        rename(adasBooking, "Book in silence");
        deliver();
        assertThat(attempts(silent).get(0))
                .returns(null, DeliveryAttempt::status)
                .returns("timed_out", DeliveryAttempt::error);

        session = session(true, Duration.ofSeconds(15));
        receiver.answer(PATH, response -> response.setChunked(true).write("x".repeat(100_000)));
        clock.setTo(dueAt());
        deliver();
        assertThat(attempts(silent).get(0)).returns(200, DeliveryAttempt::status);
    }

    @Test
    void checksTheAddressBeforeEachRequest() {
        var made = create(ada, "task.updated");
        rename(adasBooking, "Book inside");
        session = session(false, Duration.ofSeconds(15));

        deliver();

        assertThat(receiver.arrived(PATH)).isNull();
        assertThat(attempts(made).get(0)).returns("address_refused", DeliveryAttempt::error);

        run("UPDATE webhooks SET url = 'https://localhost/hook'");
        clock.setTo(dueAt());
        deliver();
        assertThat(attempts(made).get(0)).returns("address_refused", DeliveryAttempt::error);
    }

    @Test
    void sendsNothingForDeactivatedAccounts() {
        var made = create(alan, "*");
        test(made, alan);

        deliver();

        assertThat(receiver.arrived(PATH)).isNull();
        assertThat(waiting()).isOne();
    }

    @Test
    void endsWithItsOwnersAccount() {
        var made = create(grace, "*");
        test(made, grace);

        run("DELETE FROM webhooks WHERE user_id = '" + grace.userId() + "'");
        deliver();

        assertThat(receiver.arrived(PATH)).isNull();
        assertThat(waiting()).isZero();
    }

    private Created create(Caller owner, String event) {
        var draft = new WebhookDraft(receiver.url(PATH), List.of(event), null, null);
        return Answers.of(bus.ask(Webhooks.CREATE, new Webhooks.Create(owner, draft, Origin.LOCAL)));
    }

    private void test(Created made) {
        test(made, ada);
    }

    private void test(Created made, Caller owner) {
        Answers.of(
                bus.ask(Webhooks.TEST, new Webhooks.Test(owner, made.webhook().id())));
    }

    private Webhook find(Created made) {
        return Answers.of(
                bus.ask(Webhooks.FIND, new Webhooks.Find(ada, made.webhook().id())));
    }

    private List<DeliveryAttempt> attempts(Created made) {
        var newest = new PageRequest(null, 50, PageRequest.Order.DESC);
        return Answers.of(bus.ask(
                        Webhooks.ATTEMPTS,
                        new Webhooks.ListAttempts(ada, made.webhook().id(), newest)))
                .items();
    }

    private void deliver() {
        var queue = new QueueStore(database);
        var due = Answers.of(queue.waiting(clock.instant(), List.of(), true, 100));
        Answers.of(Future.join(due.stream().map(session::run).toList()));
    }

    private void rename(UUID task, String title) {
        run("UPDATE tasks SET title = '" + title + "' WHERE id = '" + task + "'");
    }

    private Instant dueAt() {
        return Answers.of(OwnerDatabase.of(database)
                .query(
                        "/* test */ SELECT due_at FROM webhook_deliveries",
                        row -> row.getOffsetDateTime("due_at").toInstant())
                .only(Parameters.none()));
    }

    private long waiting() {
        return Answers.of(OwnerDatabase.of(database)
                .query("/* test */ SELECT count(*) FROM webhook_deliveries", row -> row.getLong(0))
                .only(Parameters.none()));
    }

    private boolean isFollowed() {
        return Answers.of(OwnerDatabase.of(database)
                .query(
                        "/* test */ SELECT is_followed FROM change_counters WHERE user_id = '" + ada.userId() + "'",
                        row -> row.getBoolean(0))
                .only(Parameters.none()));
    }

    private List<String> disabledEvents(Created made) {
        return Answers.of(OwnerDatabase.of(database)
                .query(
                        "/* test */ SELECT detail FROM security_events WHERE type = 'webhook.disabled' AND detail LIKE '%"
                                + made.webhook().id() + "%'",
                        row -> row.getString(0))
                .list(Parameters.none()));
    }

    private void run(String sql) {
        Answers.of(OwnerDatabase.of(database).query(sql).run(Parameters.none()));
    }
}
