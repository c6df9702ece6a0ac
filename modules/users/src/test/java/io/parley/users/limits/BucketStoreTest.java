package io.parley.users.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.kernel.limits.ClientNetwork;
import io.parley.kernel.limits.Rates;
import io.parley.postgres.DatabaseUrl;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.connections.PoolSettings;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class BucketStoreTest {
    private static final Client CLIENT = new Client("curl/8", "192.0.2.1");
    private static final ClientNetwork NETWORK = ClientNetwork.of(CLIENT.ip());
    private static final BucketKeys KEYS = new BucketKeys(new Secret("a key of thirty-two bytes or more, for tests"));
    private static final Rates RATES = Rates.parse("7/10m,1000/d");

    private final Database database;
    private final BucketStore store;

    BucketStoreTest(Database database) {
        this.database = database;
        this.store = new BucketStore(database);
    }

    @BeforeEach
    void empty() {
        Answers.of(OwnerDatabase.of(database).query("DELETE FROM rate_buckets").run(Parameters.none()));
        Answers.of(
                OwnerDatabase.of(database).query("DELETE FROM known_addresses").run(Parameters.none()));
    }

    @Test
    void givesExactlyAsManyTokensAsThereAreToAttemptsAtTheSameTime() {
        var buckets = KEYS.ofAddress(RATES, NETWORK);

        var attempts =
                IntStream.range(0, 40).mapToObj(each -> store.take(buckets)).toList();

        Answers.of(Future.join(attempts));
        assertThat(attempts.stream().filter(attempt -> attempt.result().isEmpty()))
                .hasSize(7);
    }

    @Test
    void takesFromAllOrNone() {
        var one = KEYS.ofAddress(Rates.parse("1/h"), NETWORK);
        var both = KEYS.ofAddress(Rates.parse("1/h,3/h"), NETWORK);
        var three = KEYS.ofAddress(Rates.parse("3/h"), NETWORK);
        assertThat(Answers.of(store.take(one))).isEmpty();

        for (int attempt = 0; attempt < 3; attempt++)
            assertThat(Answers.of(store.take(both)).orElseThrow())
                    .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));

        for (int attempt = 0; attempt < 3; attempt++)
            assertThat(Answers.of(store.take(three))).isEmpty();
        assertThat(Answers.of(store.take(three)).orElseThrow())
                .isBetween(Duration.ofMinutes(19), Duration.ofMinutes(20));
    }

    @Test
    void locksBucketsInOneOrder() {
        var first = KEYS.ofAddress(Rates.parse("1000/m"), NETWORK);
        var second = KEYS.ofAccount(Rates.parse("1000/m"), "ada@example.org");
        var forth = List.of(first.get(0), second.get(0));
        var back = List.of(second.get(0), first.get(0));

        var all = IntStream.range(0, 30)
                .mapToObj(each -> store.take(each % 2 == 0 ? forth : back)
                        .compose(taken -> each % 3 == 0 ? store.refill(second) : store.giveBack(first)))
                .toList();

        Answers.of(Future.join(all));
        assertThat(all).allMatch(Future::succeeded);
    }

    @Test
    void countsNoAttemptThatCouldNotBeChecked() {
        var limit = new SignInLimit(
                store,
                new KnownAddresses(database),
                KEYS,
                limits("1/h", "1/h"),
                (client, email) -> Future.succeededFuture());
        for (int attempt = 0; attempt < 3; attempt++)
            assertThat(Answers.problemOf(limit.attempt(
                                    CLIENT, "ada@example.org", () -> Future.failedFuture(Problem.overloaded())))
                            .kind())
                    .isEqualTo(Kind.OVERLOADED);

        assertThat(Answers.of(limit.attempt(CLIENT, "ada@example.org", () -> Future.succeededFuture(Optional.empty()))))
                .isEmpty();
        assertThat(Answers.problemOf(limit.attempt(
                                CLIENT, "ada@example.org", () -> Future.succeededFuture(Optional.of("Ada"))))
                        .kind())
                .isEqualTo(Kind.LIMITED);
    }

    @Test
    void checksNothingWithoutTheDatabase(Vertx vertx) {
        var away = Database.connect(
                vertx, DatabaseUrl.parse("postgresql://ada:engine@127.0.0.1:1/parley"), new PoolSettings(1, 10, false));
        var checks = new AtomicInteger();
        var limit = new SignInLimit(
                new BucketStore(away),
                new KnownAddresses(away),
                KEYS,
                limits("1000/s", "1000/s"),
                (client, email) -> Future.succeededFuture());

        var attempt = limit.attempt(CLIENT, "ada@example.org", () -> {
            checks.incrementAndGet();
            return Future.succeededFuture(Optional.of("Ada"));
        });

        assertThat(Answers.problemOf(attempt).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(checks).hasValue(0);
        Answers.of(away.close());
    }

    @Test
    void usesNoDatabaseWithoutLimits(Vertx vertx) {
        var away = Database.connect(
                vertx, DatabaseUrl.parse("postgresql://ada:engine@127.0.0.1:1/parley"), new PoolSettings(1, 10, false));
        var limit = new SignInLimit(
                new BucketStore(away),
                new KnownAddresses(away),
                KEYS,
                LimitSettings.NONE,
                (client, email) -> Future.succeededFuture());

        assertThat(Answers.of(
                        limit.attempt(CLIENT, "ada@example.org", () -> Future.succeededFuture(Optional.of("Ada")))))
                .hasValue("Ada");
        Answers.of(away.close());
    }

    @Test
    void keepsOnlyBucketsThatLackTokens() {
        Answers.of(store.take(KEYS.ofAddress(Rates.parse("2/h"), NETWORK)));
        Answers.of(store.take(KEYS.ofAccount(Rates.parse("2/h"), "ada@example.org")));
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE rate_buckets SET full_at = now() - interval '1 second' WHERE key = #{key}")
                .run(Parameters.of(
                        "key",
                        KEYS.ofAddress(Rates.parse("2/h"), NETWORK).get(0).key())));
        var known = new KnownAddresses(database);
        Answers.of(known.add(KEYS.ofKnownAddress(NETWORK, "grace@example.org")));
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE known_addresses SET known_until = now() - interval '1 second'")
                .run(Parameters.none()));
        Answers.of(known.add(KEYS.ofKnownAddress(NETWORK, "ada@example.org")));

        assertThat(Answers.of(new BucketCleanup(database).deleteFull())).isEqualTo(2);

        assertThat(Answers.of(OwnerDatabase.of(database)
                        .query("SELECT key FROM rate_buckets")
                        .list(Parameters.none())))
                .hasSize(1);
        assertThat(Answers.of(known.contain(KEYS.ofKnownAddress(NETWORK, "ada@example.org"))))
                .isTrue();
        assertThat(Answers.of(known.contain(KEYS.ofKnownAddress(NETWORK, "grace@example.org"))))
                .isFalse();
    }

    private static LimitSettings limits(String account, String address) {
        return new LimitSettings(Rates.NONE, Rates.parse(account), Rates.parse(address));
    }
}
