package io.parley.testing.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.postgres.DatabaseUrl;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The check finds what it is for: something as soon as row-level security is gone, and nothing before. */
@ExtendWith(PostgresExtension.class)
class IsolationCheckTest {
    private static final List<String> STATEMENTS = List.of(
            "SELECT id FROM tasks WHERE user_id = #{user_id} AND id = #{id}",
            "SELECT count(*) AS count FROM tasks t WHERE t.user_id = #{user_id} AND t.created_at < #{to}",
            "UPDATE tasks SET title = 'Mine' WHERE id = #{id} AND user_id = #{user_id}",
            "WITH gone AS (DELETE FROM tasks WHERE user_id = #{user_id} AND id = ANY(#{ids}::uuid[]) RETURNING id)"
                    + " SELECT id FROM gone");

    @Test
    void findsRowsOfOthersOnlyWithoutPolicies(DatabaseUrl url) throws SQLException {
        try (var connection = url.connect();
                var other = url.connect();
                var statement = other.createStatement()) {
            var check = new IsolationCheck(connection);

            assertThat(STATEMENTS).allMatch(check::findsAsOwner);
            assertThat(STATEMENTS)
                    .allSatisfy(each -> assertThat(check.violations(each)).isEmpty());

            statement.execute("ALTER TABLE tasks DISABLE ROW LEVEL SECURITY");
            assertThat(STATEMENTS)
                    .noneSatisfy(each -> assertThat(check.violations(each)).isEmpty());
        }
    }
}
