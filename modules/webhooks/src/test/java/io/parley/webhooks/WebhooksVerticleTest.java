package io.parley.webhooks;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.margaret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.contracts.Purge;
import io.parley.contracts.audit.Origin;
import io.parley.contracts.webhooks.Webhook;
import io.parley.contracts.webhooks.Webhooks;
import io.parley.contracts.webhooks.Webhooks.Created;
import io.parley.contracts.webhooks.Webhooks.WebhookDraft;
import io.parley.contracts.webhooks.Webhooks.WebhookPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class WebhooksVerticleTest {
    /** Of the public internet, so that no name server is asked. Nothing is sent there. */
    private static final String URL = "https://8.8.8.8/hook";

    private final Bus bus;
    private final Database database;

    WebhooksVerticleTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(new UsersFake().answer(bus));
        Answers.of(vertx.deployVerticle(new WebhooksVerticle(bus, database, new WebhookSettings(false))));
    }

    @BeforeEach
    void forget() {
        run("DELETE FROM webhooks");
    }

    @Test
    void keepsWhatItWasTold() {
        var made = create(ada);

        assertThat(made.secret().value()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(made.webhook())
                .returns(ada.userId(), Webhook::userId)
                .returns(URL, Webhook::url)
                .returns(List.of("task.created", "*"), Webhook::events)
                .returns("The board", Webhook::description)
                .returns(true, Webhook::isActive);
        assertThat(find(ada, made)).isEqualTo(made.webhook());
        var page = new PageRequest(null, 50, PageRequest.Order.ASC);
        assertThat(Answers.of(bus.ask(Webhooks.LIST, new Webhooks.ListMine(ada, page)))
                        .items())
                .containsExactly(made.webhook());
        assertThat(Answers.of(bus.ask(Webhooks.LIST, new Webhooks.ListMine(grace, page)))
                        .items())
                .isEmpty();
        assertThat(storedSecret()).startsWith(UsersFake.PREFIX);
        assertThat(made.toString()).doesNotContain(made.secret().value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://localhost/",
                "https://localhost./",
                "https://LOCALHOST/",
                "https://hooks.localhost/",
                "https://Hooks.Localhost./",
                "https://10.0.0.8/",
                "https://192.168.1.1/",
                "https://169.254.169.254/latest/meta-data",
                "https://100.64.0.1/",
                "https://224.0.0.1/",
                "https://0.0.0.0/",
                "https://2130706433/",
                "https://0177.0.0.1/",
                "https://0x7f000001/",
                "https://127.1/",
                "https://0x7f.1/",
                "https://127.0.0.1./",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[fd00::1]/",
                "https://[fe80::1]/",
                "https://user:password@8.8.8.8/",
                "https://8.8.8.8/#fragment",
                "https://8.8.8.8:0/",
                "https://8.8.8.8:65536/",
                "http://8.8.8.8/",
                "http://127.0.0.1/",
                "ftp://8.8.8.8/",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "//8.8.8.8/",
                "8.8.8.8",
                "https://",
                "https:///path",
                "https://8.8.8.8/a b",
                "https://8.8.8.8/\n",
                "https://exämple.org/"
            })
    void refusesWhatMustNotBeCalled(String url) {
        var draft = new WebhookDraft(url, List.of("*"), null, null);
        var problem = problemOf(bus.ask(Webhooks.CREATE, new Webhooks.Create(ada, draft, Origin.LOCAL)));
        assertThat(problem.kind()).isEqualTo(Kind.INVALID);
        assertThat(problem.faults()).extracting(Problem.Fault::pointer).containsExactly("/url");

        var made = create(ada);
        var patch = new WebhookPatch(Patch.to(url), Patch.absent(), Patch.absent(), Patch.absent());
        assertThat(problemOf(update(made, Versions.ANY, patch)).kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void refusesUnknownEventsAndNone() {
        for (var events : List.of(List.<String>of(), List.of("task.exploded"), List.of("webhook.test")))
            assertThatThrownBy(() -> new WebhookDraft(URL, events, null, null)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> new WebhookPatch(Patch.to(null), Patch.absent(), Patch.absent(), Patch.absent()))
                .isInstanceOf(Problem.class);
    }

    @Test
    void givesNobodyMoreThanTwentyAlsoAtOnce() {
        var asked = IntStream.range(0, 24)
                .mapToObj(each -> bus.ask(Webhooks.CREATE, new Webhooks.Create(ada, draft(), Origin.LOCAL)))
                .toList();
        Answers.of(Future.join(asked).otherwiseEmpty());

        assertThat(asked.stream().filter(Future::succeeded)).hasSize(20);
        assertThat(asked.stream().filter(Future::failed).map(Future::cause))
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                Problem.class,
                                problem -> assertThat(problem.kind()).isEqualTo(Kind.CONFLICT)));
        create(grace);
    }

    @Test
    void changesOnlyTheVersionThatWasRead() {
        var made = create(ada);
        var patch =
                new WebhookPatch(Patch.absent(), Patch.to(List.of("task.deleted")), Patch.to(null), Patch.to(false));
        var stale = Versions.of(Instant.EPOCH);
        assertThat(problemOf(update(made, stale, patch)).kind()).isEqualTo(Kind.STALE);

        var changed = Answers.of(update(made, Versions.of(made.webhook().updatedAt()), patch));

        assertThat(changed)
                .returns(List.of("task.deleted"), Webhook::events)
                .returns(null, Webhook::description)
                .returns(false, Webhook::isActive)
                .returns(null, Webhook::disabledReason);
        assertThat(problemOf(bus.ask(
                                Webhooks.TEST,
                                new Webhooks.Test(ada, made.webhook().id())))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
        var delete = new Webhooks.Delete(ada, made.webhook().id(), stale, Origin.LOCAL);
        assertThat(problemOf(bus.ask(Webhooks.DELETE, delete)).kind()).isEqualTo(Kind.STALE);
    }

    @Test
    void keepsOthersOut() {
        var id = create(ada).webhook().id();
        var page = new PageRequest(null, 50, PageRequest.Order.DESC);
        var patch = new WebhookPatch(Patch.absent(), Patch.absent(), Patch.to("mine"), Patch.absent());
        for (var caller : List.of(grace, margaret))
            assertThat(List.<Future<?>>of(
                            bus.ask(Webhooks.FIND, new Webhooks.Find(caller, id)),
                            bus.ask(
                                    Webhooks.UPDATE,
                                    new Webhooks.Update(caller, id, Versions.ANY, patch, Origin.LOCAL)),
                            bus.ask(Webhooks.DELETE, new Webhooks.Delete(caller, id, Versions.ANY, Origin.LOCAL)),
                            bus.ask(Webhooks.ROTATE_SECRET, new Webhooks.Rotate(caller, id, Origin.LOCAL)),
                            bus.ask(Webhooks.TEST, new Webhooks.Test(caller, id)),
                            bus.ask(Webhooks.ATTEMPTS, new Webhooks.ListAttempts(caller, id, page))))
                    .allSatisfy(answer -> assertThat(problemOf(answer).kind()).isEqualTo(Kind.FORBIDDEN));
        assertThat(problemOf(bus.ask(Webhooks.FIND, new Webhooks.Find(ada, UUID.randomUUID())))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void keepsAttemptsForAWeek() {
        var id = create(ada).webhook().id();
        for (var age : List.of("6 days", "8 days", "9 days"))
            run("INSERT INTO webhook_attempts (user_id, id, webhook_id, event_id, type, attempt, status, at) VALUES ('"
                    + ada.userId() + "', gen_random_uuid(), '" + id
                    + "', gen_random_uuid(), 'task.created', 1, 200, now() - interval '" + age + "')");

        var purged = Answers.of(bus.ask(Purge.of("webhooks"), new Purge.Batch(Duration.ofDays(30), 100)));

        assertThat(purged).isEqualTo(new Purge.Purged(2, true));
        assertThat(Answers.of(bus.ask(Purge.of("webhooks"), new Purge.Batch(Duration.ofDays(30), 100))))
                .isEqualTo(new Purge.Purged(0, false));
    }

    private Created create(Caller owner) {
        return Answers.of(bus.ask(Webhooks.CREATE, new Webhooks.Create(owner, draft(), Origin.LOCAL)));
    }

    private static WebhookDraft draft() {
        return new WebhookDraft(URL, List.of("task.created", "*"), "The board", null);
    }

    private Future<Webhook> update(Created made, Versions versions, WebhookPatch patch) {
        return bus.ask(Webhooks.UPDATE, new Webhooks.Update(ada, made.webhook().id(), versions, patch, Origin.LOCAL));
    }

    private Webhook find(Caller caller, Created made) {
        return Answers.of(
                bus.ask(Webhooks.FIND, new Webhooks.Find(caller, made.webhook().id())));
    }

    private String storedSecret() {
        return Answers.of(OwnerDatabase.of(database)
                .query(
                        "/* test */ SELECT encrypted_secret FROM webhooks",
                        row -> row.getBuffer(0).toString(StandardCharsets.UTF_8))
                .only(Parameters.none()));
    }

    private void run(String sql) {
        Answers.of(OwnerDatabase.of(database).query(sql).run(Parameters.none()));
    }
}
