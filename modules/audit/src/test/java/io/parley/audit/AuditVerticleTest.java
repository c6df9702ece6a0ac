package io.parley.audit;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.margaret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import io.parley.contracts.audit.Audit;
import io.parley.contracts.audit.Audit.CheckPart;
import io.parley.contracts.audit.Audit.CheckedPart;
import io.parley.contracts.audit.Audit.Period;
import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.OwnSecurityEvent;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.administration.Administration;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class AuditVerticleTest {
    private static final Period ALL = new Period(null, null, null);
    private static final UUID SESSION = UUID.fromString("018f3c5e-0000-7000-8000-000000000001");
    private static final Origin BROWSER = new Origin(SESSION, new Client("Mozilla/5.0", "203.0.113.7"));

    private final Bus bus;
    private final Database database;
    private final DatabaseUrl url;

    AuditVerticleTest(Bus bus, Database database, DatabaseUrl url) {
        this.bus = bus;
        this.database = database;
        this.url = url;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new AuditVerticle(bus, database, new AuditSettings(Duration.ofDays(365)))));
        // Margaret is no administrator any more, although her access token says so.
        Answers.of(bus.answer(Administration.FIND, query -> Future.failedFuture(Problem.adminsOnly())));
    }

    @BeforeEach
    void empty() {
        execute(
                "ALTER TABLE security_events DISABLE TRIGGER ALL",
                "DELETE FROM security_events",
                "ALTER TABLE security_events ENABLE TRIGGER ALL");
    }

    @Test
    void showsUsersTheirOwnEvents() {
        append(SecurityEvent.own(SecurityEventType.SIGN_IN_SUCCEEDED, ada.userId(), BROWSER)
                .with("method", "password"));
        append(SecurityEvent.own(SecurityEventType.PASSWORD_CHANGED, grace.userId(), BROWSER));

        var seen = own(ada, ALL, null).items();

        assertThat(seen).hasSize(1);
        assertThat(seen.get(0))
                .returns(1L, OwnSecurityEvent::seq)
                .returns("sign_in.succeeded", OwnSecurityEvent::type)
                .returns("203.0.113.7", OwnSecurityEvent::ip)
                .returns("Mozilla/5.0", OwnSecurityEvent::userAgent)
                .returns(SESSION, OwnSecurityEvent::sessionId);
        assertThat(seen.get(0).detail()).hasToString("Json[text={\"method\":\"password\"}]");
    }

    @Test
    void findsTypesAndFamilies() {
        append(SecurityEvent.own(SecurityEventType.SIGN_IN_SUCCEEDED, ada.userId(), BROWSER));
        append(SecurityEvent.own(SecurityEventType.SIGN_IN_FAILED, ada.userId(), BROWSER));
        append(SecurityEvent.own(SecurityEventType.PASSWORD_CHANGED, ada.userId(), BROWSER));

        assertThat(own(ada, ofType("sign_in"), null).items())
                .extracting(OwnSecurityEvent::type)
                .containsExactly("sign_in.failed", "sign_in.succeeded");
        assertThat(own(ada, ofType("sign_in.failed"), null).items()).hasSize(1);
        assertThat(own(ada, ofType("sign"), null).items()).isEmpty();
    }

    @Test
    void keepsPlaceWhileEventsAreAdded() {
        for (var number = 0; number < 5; number++)
            append(SecurityEvent.own(SecurityEventType.SIGN_IN_FAILED, ada.userId(), BROWSER));

        var first = page(ada, ALL, new PageRequest(null, 2, Order.DESC));
        append(SecurityEvent.own(SecurityEventType.SIGN_IN_FAILED, ada.userId(), BROWSER));
        var second = page(ada, ALL, new PageRequest(first.nextCursor(), 2, Order.DESC));
        var third = page(ada, ALL, new PageRequest(second.nextCursor(), 2, Order.DESC));

        assertThat(numbers(first)).containsExactly(5L, 4L);
        assertThat(numbers(second)).containsExactly(3L, 2L);
        assertThat(numbers(third)).containsExactly(1L);
        assertThat(third.nextCursor()).isNull();
    }

    @Test
    void refusesWhoIsNoAdministratorAnyMore() {
        for (var caller : List.of(ada, margaret))
            assertThat(problemOf(bus.ask(Audit.LIST, listAll(caller)))).returns(Kind.FORBIDDEN, Problem::kind);
    }

    @Test
    void numbersEventsWithoutGapsAlthoughManyAreRecordedAtOnce() {
        var recorded = IntStream.range(0, 40)
                .mapToObj(number ->
                        database.record(SecurityEvent.own(SecurityEventType.SIGN_IN_FAILED, ada.userId(), BROWSER)))
                .toList();
        Answers.of(Future.all(recorded));

        assertThat(numbers(page(ada, ALL, new PageRequest(null, 200, Order.ASC))))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 40).boxed().toList());
        assertThat(check()).isEqualTo(new CheckedPart(40, 1, 40, check().hash(), null, false));
    }

    @Test
    void recordsNothingIfTheChangeDoesNotHappen() {
        var change = OwnerDatabase.of(database)
                .query("/* test */ SELECT 1 / #{zero} AS never", row -> 1)
                .recording(row -> List.of(SecurityEvent.of(SecurityEventType.SERVER_STARTED)));

        assertThat(problemOf(change.list(Parameters.of("zero", 0)))).isNotNull();

        assertThat(check().events()).isZero();
    }

    @Test
    void undoesTheChangeIfItCannotBeRecorded() {
        execute("CREATE TABLE changed (id integer)");
        var change = OwnerDatabase.of(database)
                .query("/* test */ INSERT INTO changed (id) VALUES (#{id}) RETURNING id", row -> 1)
                .recording(row -> List.of(new SecurityEvent(
                        SecurityEventType.SERVER_STARTED, null, null, Origin.of(new Client("a\0b", null)), Map.of())));

        assertThat(problemOf(change.list(Parameters.of("id", 1)))).isNotNull();

        var left = OwnerDatabase.of(database)
                .query("/* test */ SELECT count(*)::int AS number FROM changed", row -> row.getInteger(0));
        assertThat(Answers.of(left.only(Parameters.none()))).isZero();
        execute("DROP TABLE changed");
    }

    @Test
    void removesControlCharacters() {
        var sent = new Origin(null, new Client("Mozilla\r\nX: y\u0085z", "203.0.113.7\t"));
        append(SecurityEvent.own(SecurityEventType.SIGN_IN_FAILED, ada.userId(), sent)
                .with("reason", "wrong\u0007"));

        assertThat(own(ada, ALL, null).items())
                .extracting(OwnSecurityEvent::userAgent, OwnSecurityEvent::ip, event -> String.valueOf(event.detail()))
                .containsExactly(tuple("MozillaX: yz", "203.0.113.7", "Json[text={\"reason\":\"wrong\"}]"));
        assertThat(check().wrong()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE security_events SET type = 'sign_in.failed'",
                "DELETE FROM security_events",
                "TRUNCATE security_events",
                "SELECT record_security_event('audit.pruned', NULL, NULL, NULL, NULL, NULL, '{\"through_seq\": 9}')"
            })
    void refusesToChangeWhatWasRecorded(String statement) {
        append(SecurityEvent.own(SecurityEventType.PASSWORD_CHANGED, ada.userId(), BROWSER));

        assertThat(catchThrowable(() -> execute(statement))).rootCause().isInstanceOf(SQLException.class);

        assertThat(check()).returns(1L, CheckedPart::events).returns(null, CheckedPart::wrong);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE security_events SET ip = '203.0.113.8' WHERE seq = 3",
                "UPDATE security_events SET at = at + interval '1 microsecond' WHERE seq = 3",
                "DELETE FROM security_events WHERE seq = 2",
                "UPDATE security_events SET seq = 9 WHERE seq = 3"
            })
    void noticesWhatWasChangedBehindTheTrigger(String change) {
        for (var number = 0; number < 5; number++)
            append(SecurityEvent.own(SecurityEventType.SIGN_IN_FAILED, ada.userId(), BROWSER));

        execute(
                "ALTER TABLE security_events DISABLE TRIGGER ALL",
                change,
                "ALTER TABLE security_events ENABLE TRIGGER ALL");

        assertThat(check().wrong()).isIn(3L, 4L);
    }

    @Test
    void noticesThatTheOldestAreMissing() {
        for (var number = 0; number < 3; number++)
            append(SecurityEvent.own(SecurityEventType.SIGN_IN_FAILED, ada.userId(), BROWSER));

        execute(
                "ALTER TABLE security_events DISABLE TRIGGER ALL",
                "DELETE FROM security_events WHERE seq = 1",
                "ALTER TABLE security_events ENABLE TRIGGER ALL");

        assertThat(check().wrong()).isEqualTo(2);
    }

    @Test
    void prunesTheOldestAndSaysSo() {
        execute("SELECT record_security_event('sign_in.failed', NULL, NULL, NULL, NULL, NULL, NULL)"
                + " FROM generate_series(1, 1500)");
        var pruning = new PruningStore(database, new AuditSettings(Duration.ZERO));

        assertThat(Answers.of(pruning.prune())).isBetween(1_500, 1_502);

        assertThat(check())
                .returns(null, CheckedPart::wrong)
                .satisfies(left -> assertThat(left.first()).isGreaterThan(1_500));
        append(SecurityEvent.own(SecurityEventType.SIGN_IN_FAILED, ada.userId(), BROWSER));
        assertThat(check().wrong()).isNull();
        var kept = new PruningStore(database, new AuditSettings(Duration.ofDays(1)));
        assertThat(Answers.of(kept.prune())).isZero();
    }

    private void append(SecurityEvent event) {
        Answers.of(bus.ask(Audit.APPEND, new Audit.Append(event)));
    }

    private CheckedPart check() {
        var part = Answers.of(bus.ask(Audit.CHECK, new CheckPart(null)));
        while (part.more()) part = Answers.of(bus.ask(Audit.CHECK, new CheckPart(part)));
        return part;
    }

    private Page<OwnSecurityEvent> own(Caller caller, Period period, @Nullable Cursor cursor) {
        return page(caller, period, new PageRequest(cursor, 50, Order.DESC));
    }

    private Page<OwnSecurityEvent> page(Caller caller, Period period, PageRequest page) {
        return Answers.of(bus.ask(Audit.LIST_OWN, new Audit.ListOwn(caller, period, page)));
    }

    private static Audit.ListAll listAll(Caller caller) {
        return new Audit.ListAll(caller, null, null, null, ALL, new PageRequest(null, 50, Order.DESC));
    }

    private static Period ofType(String type) {
        return new Period(type, null, null);
    }

    private static List<Long> numbers(Page<OwnSecurityEvent> page) {
        return page.items().stream().map(OwnSecurityEvent::seq).toList();
    }

    private void execute(String... statements) {
        Jdbc.run(url, connection -> {
            try (var statement = connection.createStatement()) {
                for (var each : statements) statement.execute(each);
            }
            return true;
        });
    }
}
