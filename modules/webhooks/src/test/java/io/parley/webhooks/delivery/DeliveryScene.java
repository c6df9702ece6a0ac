package io.parley.webhooks.delivery;

import static io.parley.testing.Fixtures.ada;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.webhooks.DeliveryAttempt;
import io.parley.contracts.webhooks.Webhook;
import io.parley.contracts.webhooks.Webhooks;
import io.parley.contracts.webhooks.Webhooks.Created;
import io.parley.contracts.webhooks.Webhooks.WebhookDraft;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.PageRequest;
import io.parley.kernel.outbound.OutboundHttp;
import io.parley.kernel.outbound.OutboundLimits;
import io.parley.kernel.outbound.PublicAddresses;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.webhooks.Receiver;
import io.parley.webhooks.UsersFake;
import io.parley.webhooks.WebhookSettings;
import io.parley.webhooks.WebhooksVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A receiver, a clock, and the module. Sessions are run one after the other, as a dispatcher would start them. */
final class DeliveryScene {
    static final String PATH = "/hook";

    final Bus bus;
    final Database database;
    final LaterClock clock = new LaterClock();
    final UsersFake users = new UsersFake();
    final Receiver receiver;
    private final Vertx vertx;
    private Session session;

    DeliveryScene(Vertx vertx, Bus bus, Database database) {
        this.vertx = vertx;
        this.bus = bus;
        this.database = database;
        this.receiver = new Receiver(vertx);
        callWith(true, Duration.ofSeconds(15));
    }

    /** Begins without webhooks. */
    void deploy() {
        for (var deployed : vertx.deploymentIDs()) Answers.of(vertx.undeploy(deployed));
        run("DELETE FROM webhooks");
        Answers.of(vertx.deployVerticle(new UsersVerticleFake(bus, users)));
        Answers.of(vertx.deployVerticle(new WebhooksVerticle(bus, database, new WebhookSettings(true))));
    }

    /** From now on, other addresses than public ones are called or not, and answers are waited for so long. */
    void callWith(boolean allowPrivate, Duration limit) {
        var http = new OutboundHttp(
                vertx,
                "test",
                allowPrivate ? PublicAddresses::containOrArePrivate : PublicAddresses::contain,
                new OutboundLimits(limit, 1024, 8, 2));
        session = new Session(bus, database, new SigningSecrets(bus), new Sender(http, allowPrivate, clock), clock);
    }

    Created create(Caller owner, String event) {
        return create(owner, event, PATH);
    }

    Created create(Caller owner, String event, String path) {
        var draft = new WebhookDraft(receiver.url(path), List.of(event), null, null);
        return Answers.of(bus.ask(Webhooks.CREATE, new Webhooks.Create(owner, draft, Origin.LOCAL)));
    }

    void test(Created made) {
        test(made, ada);
    }

    void test(Created made, Caller owner) {
        Answers.of(
                bus.ask(Webhooks.TEST, new Webhooks.Test(owner, made.webhook().id())));
    }

    Webhook find(Created made) {
        return Answers.of(
                bus.ask(Webhooks.FIND, new Webhooks.Find(ada, made.webhook().id())));
    }

    List<DeliveryAttempt> attempts(Created made) {
        var newest = new PageRequest(null, 50, PageRequest.Order.DESC);
        return Answers.of(bus.ask(
                        Webhooks.ATTEMPTS,
                        new Webhooks.ListAttempts(ada, made.webhook().id(), newest)))
                .items();
    }

    void deliver() {
        var queue = new QueueStore(database);
        var due = Answers.of(queue.waiting(clock.instant(), List.of(), true, 100));
        Answers.of(Future.join(due.stream().map(session::run).toList()));
    }

    void rename(UUID task, String title) {
        run("UPDATE tasks SET title = '" + title + "' WHERE id = '" + task + "'");
    }

    Instant dueAt() {
        return Answers.of(OwnerDatabase.of(database)
                .query(
                        "/* test */ SELECT due_at FROM webhook_deliveries",
                        row -> row.getOffsetDateTime("due_at").toInstant())
                .only(Parameters.none()));
    }

    long waiting() {
        return Answers.of(OwnerDatabase.of(database)
                .query("/* test */ SELECT count(*) FROM webhook_deliveries", row -> row.getLong(0))
                .only(Parameters.none()));
    }

    void run(String sql) {
        Answers.of(OwnerDatabase.of(database).query(sql).run(Parameters.none()));
    }
}
