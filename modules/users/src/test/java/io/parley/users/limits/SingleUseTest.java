package io.parley.users.limits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class SingleUseTest {
    private static final byte[] CODE = "a code".getBytes(UTF_8);
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final Database database;
    private final SingleUse used;

    SingleUseTest(Database database) {
        this.database = database;
        this.used = new SingleUse(
                new BucketStore(database), new BucketKeys(new Secret("a key of thirty-two bytes or more, for tests")));
    }

    @Test
    void remembersForAMinuteLongerThanItsValuesAreAcceptedWhereTheClockIsRight() {
        assertThat(isFirst()).isTrue();
        assertThat(isFirst()).isFalse();

        pass(LIFETIME.plusSeconds(50));
        assertThat(isFirst()).as("a node whose clock is slow accepts it").isFalse();

        pass(Duration.ofSeconds(10));
        assertThat(isFirst()).isTrue();
    }

    private boolean isFirst() {
        return Answers.of(used.isFirst(CODE, LIFETIME));
    }

    private void pass(Duration time) {
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE rate_buckets SET full_at = full_at - #{seconds} * interval '1 second'")
                .run(Parameters.of("seconds", time.toSeconds())));
    }
}
