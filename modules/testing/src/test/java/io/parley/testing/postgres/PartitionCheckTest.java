package io.parley.testing.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.postgres.DatabaseUrl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
class PartitionCheckTest {
    private static PartitionCheck check;

    @BeforeAll
    static void partition(DatabaseUrl url) {
        var partitioned = MigratedDatabase.create(url, "partition_check");
        HashPartitions.create(partitioned);
        check = new PartitionCheck(partitioned);
    }

    @Test
    void acceptsAStatementThatNamesTheUserOfEachTable() {
        assertThat(check.violations("""
            SELECT m.id FROM messages m JOIN live_conversations c ON c.id = m.conversation_id AND c.user_id = m.user_id
             WHERE m.user_id = #{user_id} AND m.conversation_id = #{conversation_id}
            """)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM messages WHERE id = #{id} AND user_id = coalesce(#{user_id}, user_id)",
                "UPDATE tasks SET title = 'x' WHERE id = #{id} AND user_id::text = #{user_id}",
                "SELECT (SELECT title FROM conversations c WHERE c.id = m.conversation_id) FROM messages m"
                        + " WHERE user_id = #{user_id}"
            })
    void refusesAStatementThatLooksIntoOtherPartitions(String sql) {
        assertThat(check.violations(sql)).hasSize(1).first().asString().startsWith("touches 16 partitions");
    }
}
