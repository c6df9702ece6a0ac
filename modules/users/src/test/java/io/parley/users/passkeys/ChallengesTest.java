package io.parley.users.passkeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.users.limits.BucketKeys;
import io.parley.users.limits.BucketStore;
import io.parley.users.limits.SingleUse;
import io.parley.users.passkeys.Challenges.Purpose;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class ChallengesTest {
    private static final Secret KEY = new Secret("a key of thirty-two bytes or more, for tests");
    private static final UUID ADA = new UUID(1, 1);
    private static final UUID GRACE = new UUID(2, 2);

    private final Database database;

    ChallengesTest(Database database) {
        this.database = database;
    }

    @Test
    void areGoodOnceForTheirPurposeAndUserOnEveryNode() {
        var challenge = node(KEY, Duration.ZERO).create(Purpose.ADD, ADA);
        var other = node(KEY, Duration.ZERO);

        assertThat(Answers.of(other.use(challenge, Purpose.SIGN_IN, ADA))).isFalse();
        assertThat(Answers.of(other.use(challenge, Purpose.ADD, GRACE))).isFalse();
        assertThat(Answers.of(other.use(challenge, Purpose.ADD, ADA))).isTrue();
        assertThat(Answers.of(other.use(challenge, Purpose.ADD, ADA))).isFalse();
    }

    @Test
    void expireAfterFiveMinutes() {
        var challenges = node(KEY, Duration.ZERO);

        assertThat(Answers.of(
                        node(KEY, Duration.ofSeconds(299)).use(challenges.create(Purpose.ADD, ADA), Purpose.ADD, ADA)))
                .isTrue();
        assertThat(Answers.of(
                        node(KEY, Duration.ofSeconds(301)).use(challenges.create(Purpose.ADD, ADA), Purpose.ADD, ADA)))
                .isFalse();
    }

    @Test
    void areOfThisServer() {
        var foreign = node(new Secret("another key of thirty-two bytes or more"), Duration.ZERO);

        assertThat(Answers.of(node(KEY, Duration.ZERO).use(foreign.create(Purpose.ADD, ADA), Purpose.ADD, ADA)))
                .isFalse();
    }

    private Challenges node(Secret key, Duration later) {
        var clock = Clock.fixed(Instant.parse("2027-03-01T12:00:00Z").plus(later), ZoneOffset.UTC);
        return new Challenges(key, new SingleUse(new BucketStore(database), new BucketKeys(key)), clock);
    }
}
