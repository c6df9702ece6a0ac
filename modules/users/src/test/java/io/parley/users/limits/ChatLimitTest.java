package io.parley.users.limits;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.limits.ChosenLimits;
import io.parley.contracts.limits.Quotas.CheckModel;
import io.parley.contracts.limits.Quotas.SpendTokens;
import io.parley.contracts.limits.Quotas.TakeTurn;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.kernel.limits.Limit;
import io.parley.kernel.limits.RateState;
import io.parley.kernel.limits.Rates;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class ChatLimitTest {
    private static final TakeTurn ADAS_TURN = new TakeTurn(ada, false);

    private final Database database;

    ChatLimitTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void empty() {
        Answers.of(OwnerDatabase.of(database).query("DELETE FROM rate_buckets").run(Parameters.none()));
    }

    @Test
    void countsTurnsExactly() {
        var limit = limit("3/h", "");

        var turns =
                IntStream.range(0, 20).mapToObj(each -> limit.take(ADAS_TURN)).toList();

        Answers.of(Future.join(turns).otherwiseEmpty());
        assertThat(turns.stream().filter(Future::succeeded)).hasSize(3);
        assertThat(Answers.problemOf(limit.take(ADAS_TURN)).excess().orElseThrow())
                .satisfies(excess -> assertThat(excess.policies()).containsExactly("turns"))
                .satisfies(excess -> assertThat(excess.rates())
                        .containsExactly(new RateState("turns", 3, 3600, 0, excess.retryAfterSeconds())));
        assertThat(Answers.of(limit.take(new TakeTurn(grace, false))).rates())
                .extracting(RateState::remaining)
                .containsExactly(2L);
    }

    @Test
    void countsATurnThatWasGivenBackNoMore() {
        var limit = limit("1/h", "");

        for (int turn = 0; turn < 3; turn++) {
            Answers.of(limit.take(ADAS_TURN));
            Answers.of(limit.giveBack(ADAS_TURN));
        }

        assertThat(Answers.of(limit.take(ADAS_TURN)).rates())
                .extracting(RateState::remaining)
                .containsExactly(0L);
    }

    @Test
    void doesNotApplyADefaultToThisMachine() {
        var limit = new ChatLimit(
                new BucketStore(database),
                keys(),
                new LimitStore(database),
                settings(new Limit<>(Rates.parse("1/h"), false), ""));

        for (int turn = 0; turn < 3; turn++)
            assertThat(Answers.of(limit.take(new TakeTurn(ada, true))).rates()).isEmpty();
        Answers.of(limit.take(ADAS_TURN));
        assertThat(Answers.problemOf(limit.take(ADAS_TURN)).kind()).isEqualTo(Problem.Kind.LIMITED);
    }

    @Test
    void refusesATurnAfterTheTokensAreUsedUp() {
        var limit = limit("", "1000/h");

        Answers.of(limit.take(ADAS_TURN));
        Answers.of(limit.spend(new SpendTokens(ada.userId(), "one", 999)));
        Answers.of(limit.take(ADAS_TURN));
        Answers.of(limit.spend(new SpendTokens(ada.userId(), "two", 500)));

        assertThat(Answers.problemOf(limit.take(ADAS_TURN)).excess().orElseThrow())
                .satisfies(excess -> assertThat(excess.policies()).containsExactly("tokens"))
                .satisfies(excess -> assertThat(excess.retryAfterSeconds()).isBetween(1790L, 1804L));
        Answers.of(limit.take(new TakeTurn(grace, false)));
    }

    @Test
    void countsTheTokensOfAModelApart() {
        var limit = limit("", "");

        Answers.of(limit.spend(new SpendTokens(ada.userId(), "small", 100)));
        Answers.of(limit.spend(new SpendTokens(ada.userId(), "large", 100)));

        assertThat(Answers.problemOf(limit.check(new CheckModel(ada, "large")))
                        .excess()
                        .orElseThrow()
                        .policies())
                .containsExactly("tokens");
        Answers.of(limit.check(new CheckModel(ada, "small")));
        Answers.of(limit.check(new CheckModel(grace, "large")));
    }

    private ChatLimit limit(String turns, String tokens) {
        return new ChatLimit(
                new BucketStore(database),
                keys(),
                new LimitStore(database),
                settings(Limit.forEveryone(Rates.parse(turns)), tokens));
    }

    private static BucketKeys keys() {
        return new BucketKeys(new Secret("a key of thirty-two bytes or more, for tests"));
    }

    private static LimitSettings settings(Limit<Rates> turns, String tokens) {
        return new LimitSettings(
                Rates.NONE,
                Rates.NONE,
                Rates.NONE,
                Rates.NONE,
                turns,
                new ChosenLimits(null, null, tokens, Map.of("large", "100/h"), null, null, null, null, null));
    }
}
