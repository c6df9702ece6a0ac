package io.parley.idempotency;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.contracts.idempotency.Idempotency;
import io.parley.contracts.idempotency.Idempotency.Attempt;
import io.parley.contracts.idempotency.Idempotency.Begin;
import io.parley.contracts.idempotency.Idempotency.Begun;
import io.parley.contracts.idempotency.Idempotency.Finish;
import io.parley.contracts.idempotency.Idempotency.Release;
import io.parley.contracts.idempotency.Idempotency.StoredAnswer;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class IdempotencyVerticleTest {
    private static final String POST = "0a".repeat(32);
    private static final String OTHER_POST = "0b".repeat(32);
    private static final Begun RUNNING = new Begun(null, null);
    private static final StoredAnswer CREATED =
            new StoredAnswer(201, "/api/v1/tasks/1", "\"abc\"", "{\"title\":\"Größe\"}");
    private static final StoredAnswer DONE = new StoredAnswer(204, null, null, null);

    private final Bus bus;
    private final Database database;

    IdempotencyVerticleTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new IdempotencyVerticle(bus, database)));
    }

    @BeforeEach
    void clear() {
        run("DELETE FROM idempotency_keys");
    }

    @Test
    void givesARepeatedRequestTheSameAnswer() {
        var attempt = begun(begin(ada, "k", POST));
        assertThat(attempt).returns(1, Attempt::number).returns(ada.userId(), Attempt::userId);
        assertThat(Answers.of(begin(ada, "k", POST))).isEqualTo(RUNNING);

        finish(attempt, CREATED);

        assertThat(Answers.of(begin(ada, "k", POST))).isEqualTo(new Begun(null, CREATED));
        assertThat(Answers.of(begin(ada, "k", POST))).isEqualTo(new Begun(null, CREATED));
    }

    @Test
    void keepsAnAnswerWithoutABody() {
        finish(begun(begin(ada, "k", POST)), DONE);

        assertThat(Answers.of(begin(ada, "k", POST)).answer()).isEqualTo(DONE);
    }

    @Test
    void refusesADifferentRequestWithTheSameKey() {
        var attempt = begun(begin(ada, "k", POST));
        assertThat(problemOf(begin(ada, "k", OTHER_POST)).kind()).isEqualTo(Kind.CONFLICT);

        finish(attempt, CREATED);

        var problem = problemOf(begin(ada, "k", OTHER_POST));
        assertThat(problem.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(problem.faults()).singleElement().returns("Idempotency-Key", fault -> fault.pointer());
        assertThat(Answers.of(begin(ada, "k", POST)).answer()).isEqualTo(CREATED);
    }

    @Test
    void keepsTheKeysOfUsersSeparate() {
        finish(begun(begin(ada, "k", POST)), CREATED);

        finish(begun(begin(grace, "k", OTHER_POST)), DONE);

        assertThat(Answers.of(begin(ada, "k", POST)).answer()).isEqualTo(CREATED);
        assertThat(Answers.of(begin(grace, "k", OTHER_POST)).answer()).isEqualTo(DONE);
    }

    @Test
    void letsOneOfManyAttemptsBegin() {
        var begun = Stream.generate(() -> begin(ada, "k", POST)).limit(40).toList().stream()
                .map(Answers::of)
                .toList();

        assertThat(begun).filteredOn(each -> each.attempt() != null).hasSize(1);
        assertThat(begun).filteredOn(RUNNING::equals).hasSize(39);
    }

    @Test
    void freesTheKeyIfTheAttemptHadNoEffect() {
        release(begun(begin(ada, "k", POST)), true);
        assertThat(rows()).isZero();

        assertThat(begun(begin(ada, "k", OTHER_POST)).number()).isEqualTo(1);
    }

    @Test
    void keepsTheResourceIdIfTheEffectIsUnknown() {
        var first = begun(begin(ada, "k", POST));
        release(first, false);

        assertThat(problemOf(begin(ada, "k", OTHER_POST)).kind()).isEqualTo(Kind.CONFLICT);
        var second = begun(begin(ada, "k", POST));

        assertThat(second).returns(2, Attempt::number).returns(first.resourceId(), Attempt::resourceId);
    }

    @Test
    void keepsTheResourceIdIfOnlyTheLastAttemptHadNoEffect() {
        var first = begun(begin(ada, "k", POST));
        release(first, false);
        release(begun(begin(ada, "k", POST)), true);

        assertThat(begun(begin(ada, "k", POST)))
                .returns(3, Attempt::number)
                .returns(first.resourceId(), Attempt::resourceId);
    }

    @Test
    void takesOverFromADeadAttempt() {
        var dead = begun(begin(ada, "k", POST, Duration.ZERO));

        var second = begun(begin(ada, "k", POST));
        assertThat(second).returns(2, Attempt::number).returns(dead.resourceId(), Attempt::resourceId);
        assertThat(Answers.of(begin(ada, "k", POST))).isEqualTo(RUNNING);

        finish(dead, DONE);
        release(dead, true);
        release(dead, false);
        assertThat(Answers.of(begin(ada, "k", POST))).isEqualTo(RUNNING);
        finish(second, CREATED);
        assertThat(Answers.of(begin(ada, "k", POST)).answer()).isEqualTo(CREATED);
    }

    @Test
    void letsOneOfManyTakeOverFromADeadAttempt() {
        begun(begin(ada, "k", POST, Duration.ZERO));

        var begun = Stream.generate(() -> begin(ada, "k", POST)).limit(40).toList().stream()
                .map(Answers::of)
                .toList();

        assertThat(begun).filteredOn(each -> each.attempt() != null).hasSize(1);
    }

    @Test
    void treatsAKeyAsNewAfterADay() {
        var yesterday = begun(begin(ada, "k", POST));
        finish(yesterday, CREATED);
        age("k", "23 hours 59 minutes");
        assertThat(Answers.of(begin(ada, "k", POST)).answer()).isEqualTo(CREATED);

        age("k", "24 hours");
        var today = begun(begin(ada, "k", OTHER_POST));

        assertThat(today.number()).isEqualTo(1);
        assertThat(today.resourceId()).isNotEqualTo(yesterday.resourceId());
        assertThat(Answers.of(begin(ada, "k", OTHER_POST))).isEqualTo(RUNNING);
    }

    @Test
    void purgesOnlyKeysOlderThanADay() {
        for (var key : List.of("a", "b", "c", "young")) finish(begun(begin(ada, key, POST)), CREATED);
        for (var key : List.of("a", "b", "c")) age(key, "25 hours");

        assertThat(purge(Duration.ZERO, 2)).isEqualTo(new Purged(2, true));
        assertThat(purge(Duration.ofDays(30), 2)).isEqualTo(new Purged(1, true));
        assertThat(purge(Duration.ZERO, 2)).isEqualTo(new Purged(0, false));

        assertThat(Answers.of(begin(ada, "young", POST)).answer()).isEqualTo(CREATED);
    }

    @Test
    void purgesEverythingOnceIfTwoNodesPurgeAtOnce() {
        run("""
            INSERT INTO idempotency_keys (user_id, key, fingerprint, resource_id, locked_until, expires_at)
            SELECT u.id, 'k' || n, decode(repeat('00', 32), 'hex'), gen_random_uuid(), now(),
                   now() + (n - 20.5) * interval '1 hour'
              FROM users u, generate_series(1, 40) n
            """);
        int users = run("SELECT FROM users");

        var purges = Stream.generate(() -> bus.ask(Purge.of("idempotency"), new Batch(Duration.ZERO, 100)))
                .limit(4)
                .toList();
        Answers.of(Future.join(purges).otherwiseEmpty());

        assertThat(purges.stream()
                        .filter(Future::succeeded)
                        .mapToInt(purge -> purge.result().removed())
                        .sum())
                .isLessThanOrEqualTo(20 * users);
        boolean more = true;
        while (more) more = purge(Duration.ZERO, 100).more();
        assertThat(rows()).isEqualTo(20 * users);
    }

    @Test
    void refusesADeletedUser() {
        var deleted = new Caller(Ids.next(), Caller.Role.USER);

        assertThat(problemOf(begin(deleted, "k", POST)).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }

    @Test
    void isDeletedWithItsUser() {
        var user = Ids.next();
        run("INSERT INTO users (id, email, password_hash) VALUES ('" + user + "', '" + user + "@example.org', 'none')");
        finish(begun(begin(new Caller(user, Caller.Role.USER), "k", POST)), CREATED);

        run("DELETE FROM users WHERE id = '" + user + "'");

        assertThat(rows()).isZero();
    }

    private Future<Begun> begin(Caller caller, String key, String fingerprint) {
        return begin(caller, key, fingerprint, Duration.ofMinutes(1));
    }

    private Future<Begun> begin(Caller caller, String key, String fingerprint, Duration timeout) {
        return bus.ask(Idempotency.BEGIN, new Begin(caller, key, fingerprint, timeout));
    }

    private static Attempt begun(Future<Begun> begun) {
        return Objects.requireNonNull(Answers.of(begun).attempt());
    }

    private void finish(Attempt attempt, StoredAnswer answer) {
        Answers.of(bus.ask(Idempotency.FINISH, new Finish(attempt, answer)));
    }

    private void release(Attempt attempt, boolean hadNoEffect) {
        Answers.of(bus.ask(Idempotency.RELEASE, new Release(attempt, hadNoEffect)));
    }

    private Purged purge(Duration olderThan, int limit) {
        return Answers.afterTimeouts(() -> bus.ask(Purge.of("idempotency"), new Batch(olderThan, limit)));
    }

    private void age(String key, String age) {
        run("UPDATE idempotency_keys SET created_at = now() - interval '" + age + "', expires_at = now() - interval '"
                + age + "' + interval '24 hours' WHERE key = '" + key + "'");
    }

    private int rows() {
        return run("SELECT FROM idempotency_keys");
    }

    private int run(String sql) {
        return Answers.of(OwnerDatabase.of(database).query(sql).run(Parameters.none()));
    }
}
