package io.parley.storage.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserFenceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM tasks WHERE user_id = #{user_id}",
                "WITH found AS (SELECT updated_at FROM tasks WHERE user_id = #{user_id}) SELECT * FROM found",
                "SELECT 'DELETE' AS what FROM tasks WHERE user_id = #{user_id} -- update later"
            })
    void goesAroundReads(String sql) {
        assertThat(UserFence.around(sql))
                .hasValueSatisfying(fenced -> assertThat(fenced)
                        .startsWith(
                                "SELECT r.* FROM (SELECT set_config('parley.user_id', #{user_id}::uuid::text, true)")
                        .contains(sql + "\n"));
    }

    @Test
    void keepsTheMarkOfAStatementThatIsPlannedEachTimeInFront() {
        var sql = PoolConnections.PLANNED_EACH_TIME + "SELECT id FROM tasks WHERE user_id = #{user_id}";

        assertThat(UserFence.around(sql).orElseThrow()).startsWith(PoolConnections.PLANNED_EACH_TIME + "SELECT r.*");
    }

    @Test
    void setsTheUserBeforeARowIsStored() {
        assertThat(UserFence.around("""
                INSERT INTO tasks (user_id, title) VALUES (#{user_id}, coalesce(#{title}, ')')) ON CONFLICT DO NOTHING"""))
                .contains(
                        "INSERT INTO tasks (user_id, title) SELECT #{user_id}, coalesce(#{title}, ')')"
                                + " FROM (SELECT set_config('parley.user_id', #{user_id}::uuid::text, true)) w ON CONFLICT DO NOTHING");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE tasks SET title = 'x' WHERE user_id = #{user_id}",
                "DELETE FROM tasks WHERE user_id = #{user_id}",
                "SELECT id FROM tasks WHERE user_id = #{user_id} FOR UPDATE",
                "WITH gone AS (DELETE FROM tasks WHERE user_id = #{user_id} RETURNING id) SELECT id FROM gone",
                "INSERT INTO tasks (user_id) SELECT user_id FROM tasks WHERE user_id = #{user_id}",
                "INSERT INTO tasks (user_id) VALUES (#{user_id}), (#{user_id})"
            })
    void leavesWhatMayWriteBeforeTheUserIsKnownToATransaction(String sql) {
        assertThat(UserFence.around(sql)).isEmpty();
    }
}
