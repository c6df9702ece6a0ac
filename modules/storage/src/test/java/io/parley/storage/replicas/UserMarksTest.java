package io.parley.storage.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.replicas.ReplicaMarks;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UserMarksTest {
    private static final UUID ADA = new UUID(0, 1);
    private static final UUID GRACE = new UUID(0, 2);

    private final UserMarks marks = new UserMarks();

    @Test
    void allowNothingBeforeTheFloorIsKnown() {
        assertThat(marks.allow(ADA, 1_000)).isFalse();
        marks.know(marks.forgotten(), 500);
        assertThat(marks.allow(ADA, 499)).isFalse();
        assertThat(marks.allow(ADA, 500)).isTrue();
    }

    @Test
    void allowOnlyReplicasThatHavePassedTheUsersLastWrite() {
        marks.know(0, 0);
        marks.begin(ADA);
        assertThat(marks.allow(ADA, Long.MAX_VALUE)).isFalse();
        assertThat(marks.allow(GRACE, 10)).isTrue();

        marks.end(ADA, 100);
        assertThat(marks.allow(ADA, 99)).isFalse();
        assertThat(marks.allow(ADA, 100)).isTrue();
        assertThat(marks.allow(GRACE, 10)).isTrue();
    }

    @Test
    void countTheWritesOnTheirWay() {
        marks.know(0, 0);
        marks.begin(ADA);
        marks.begin(ADA);
        marks.end(ADA, 100);
        assertThat(marks.allow(ADA, 1_000)).isFalse();
        marks.end(ADA, 0);
        assertThat(marks.allow(ADA, 99)).isFalse();
        assertThat(marks.allow(ADA, 100)).isTrue();
    }

    @Test
    void keepNothingOfAWriteThatWasNotCommitted() {
        marks.know(0, 0);
        marks.begin(ADA);
        marks.end(ADA, 0);
        assertThat(marks.size()).isZero();
        assertThat(marks.allow(ADA, 0)).isTrue();
    }

    @Test
    void neverFallBackBehindALaterMark() {
        marks.know(0, 0);
        marks.raise(ADA, 200);
        marks.raise(ADA, 100);
        assertThat(marks.allow(ADA, 150)).isFalse();
    }

    @Test
    void areDroppedWhenAllReplicasHavePassedThem() {
        marks.know(0, 0);
        marks.raise(ADA, 100);
        marks.raise(GRACE, 200);

        marks.drop(150);

        assertThat(marks.size()).isEqualTo(1);
        assertThat(marks.allow(ADA, 150)).isTrue();
        assertThat(marks.allow(GRACE, 150)).isFalse();
        assertThat(marks.allow(ADA, 99)).as("a replica that was left out").isFalse();
    }

    @Test
    void areDroppedWithoutReplicasToo() {
        marks.know(0, 0);
        marks.raise(ADA, 100);
        marks.begin(GRACE);

        marks.drop(ReplicaMarks.UNKNOWN);

        assertThat(marks.size()).isEqualTo(1);
        assertThat(marks.floor()).isEqualTo(100);
        assertThat(marks.allow(GRACE, 1_000)).isFalse();
    }

    @Test
    void areKeptWhileTheFloorIsUnknown() {
        marks.raise(ADA, 100);
        marks.drop(ReplicaMarks.UNKNOWN);
        marks.know(0, 50);
        assertThat(marks.allow(ADA, 99)).isFalse();
    }

    @Test
    void ignoreAPositionThatWasAskedForTooEarly() {
        int asked = marks.forgotten();
        marks.forget();
        marks.know(asked, 100);
        assertThat(marks.allow(ADA, 1_000)).isFalse();
        marks.know(marks.forgotten(), 100);
        assertThat(marks.allow(ADA, 1_000)).isTrue();
    }

    @Test
    void takeABoundedAmountOfMemory() {
        marks.know(0, 0);
        for (int user = 0; user <= 100_000; user++) marks.raise(new UUID(1, user), 10 + user);

        marks.drop(0);

        assertThat(marks.size()).isZero();
        assertThat(marks.floor()).isEqualTo(100_010);
    }
}
