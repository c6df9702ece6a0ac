package io.parley.testing.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementRulesTest {
    private final StatementRules rules = new StatementRules(
            List.of("messages", "tasks", "turns", "turn_events", "conversations", "live_conversations"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM messages WHERE id = #{id}",
                "SELECT id, content FROM messages m WHERE m.id = #{id} AND m.deleted_at IS NULL",
                "UPDATE tasks SET title = #{title} WHERE id = #{id}",
                "DELETE FROM tasks WHERE id = ANY(#{ids})",
                "INSERT INTO turn_events (turn_id, number) VALUES (#{turn_id}, #{number})",
                "SELECT m.id FROM messages m JOIN live_conversations c ON c.id = m.conversation_id WHERE m.user_id = #{user_id}"
            })
    void refusesATableWithoutItsUser(String sql) {
        assertThat(rules.violations(sql)).anyMatch(violation -> violation.endsWith("is used without its user_id"));
    }

    @Test
    void refusesAScalarSubqueryThatTakesItsUserFromAnotherTable() {
        assertThat(rules.violations("""
            SELECT m.id FROM messages m
             WHERE m.user_id = #{user_id} AND m.id = #{id}
               AND (SELECT true FROM live_conversations c WHERE c.id = m.conversation_id AND c.user_id = m.user_id)
            """)).hasSize(1).first().asString().startsWith("a scalar subquery");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "greatest(now(), updated_at + interval '1 microsecond')",
                "CASE WHEN status = 'completed' THEN coalesce(completed_at, now()) END"
            })
    void refusesATimeThatIsComputedFromAColumn(String expression) {
        assertThat(rules.violations(
                        "UPDATE tasks SET updated_at = " + expression + " WHERE id = #{id} AND user_id = #{user_id}"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO turns (id, user_id) VALUES (#{id}, #{user_id}) ON CONFLICT (id) DO NOTHING",
                "SELECT user_id, id FROM tasks WHERE deleted_at < #{time} FOR UPDATE",
                "SELECT user_id, id FROM tasks WHERE user_id = #{user_id} FOR UPDATE SKIP LOCKED",
                "INSERT INTO tasks AS t (user_id, id) VALUES (#{user_id}, #{id}) ON CONFLICT (user_id, id) DO UPDATE SET title = 'x',"
                        + " updated_at = now()",
                "INSERT INTO turn_events (user_id, turn_id) SELECT e.user_id, e.turn_id FROM unnest(#{turns}::uuid[]) AS e (turn_id)"
                        + " WHERE EXISTS (SELECT FROM turns t WHERE t.user_id = #{user_id} AND t.id = e.turn_id)"
            })
    void refusesWhatDistributedTablesRefuse(String sql) {
        assertThat(rules.violations(sql)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM messages WHERE user_id = #{user_id} AND id = #{id}",
                "SELECT user_id, deleted_at IS NULL AS live FROM tasks WHERE id = #{id}",
                "SELECT user_id, id FROM tasks WHERE deleted_at <= now() - #{seconds} * interval '1 second' LIMIT #{limit}",
                "UPDATE tasks SET updated_at = next_version(updated_at, now()) WHERE id = #{id} AND user_id = #{user_id}",
                "UPDATE turns SET lease_until = now() + #{lease} * interval '1 second' WHERE user_id = #{user_id} AND id = #{id}",
                "SELECT m.id FROM messages m JOIN live_conversations c ON c.id = m.conversation_id AND c.user_id = m.user_id"
                        + " WHERE m.user_id = #{user_id}",
                "INSERT INTO tasks (id, user_id) VALUES (#{id}, #{user_id}) ON CONFLICT (user_id, id) DO NOTHING"
            })
    void acceptsWhatNamesTheUser(String sql) {
        assertThat(rules.violations(sql)).isEmpty();
    }
}
