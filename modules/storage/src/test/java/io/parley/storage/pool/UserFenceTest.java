package io.parley.storage.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserFenceTest {
    private static final String ACTING = "acting AS (SELECT #{acting_user}::acting_user)";

    @Test
    void goesInFrontOfAStatement() {
        assertThat(UserFence.around("UPDATE tasks SET title = 'WITH' WHERE user_id = #{user_id}"))
                .isEqualTo("WITH " + ACTING + " UPDATE tasks SET title = 'WITH' WHERE user_id = #{user_id}");
    }

    @Test
    void isTheFirstPartOfAStatementWithParts() {
        assertThat(UserFence.around("WITH found AS (SELECT 1) SELECT * FROM found"))
                .isEqualTo("WITH " + ACTING + ", found AS (SELECT 1) SELECT * FROM found");
        assertThat(UserFence.around("\nWITH RECURSIVE found AS (SELECT 1) SELECT * FROM found"))
                .isEqualTo("\nWITH RECURSIVE " + ACTING + ", found AS (SELECT 1) SELECT * FROM found");
    }

    @Test
    void keepsTheMarkOfAStatementThatIsPlannedEachTimeInFront() {
        assertThat(UserFence.around(PoolConnections.PLANNED_EACH_TIME + "SELECT id FROM tasks"))
                .isEqualTo(PoolConnections.PLANNED_EACH_TIME + "WITH " + ACTING + " SELECT id FROM tasks");
    }
}
