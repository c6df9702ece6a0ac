package io.parley.testing;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class BulkRowsTest {
    private final Database database;
    private final BulkRows many;

    BulkRowsTest(Database database, BulkRows many) {
        this.database = database;
        this.many = many;
    }

    @BeforeEach
    void empty() {
        for (var table : List.of("messages", "tasks"))
            Answers.of(OwnerDatabase.of(database).query("DELETE FROM " + table).run(Parameters.none()));
    }

    @Test
    void writesThousandsInTheOrderOfCreation() {
        var ids = many.messages(grace, gracesDiary, 3_000);

        assertThat(ids).hasSize(3_000).doesNotHaveDuplicates();
        assertThat(read("SELECT id FROM messages ORDER BY created_at")).isEqualTo(ids);
        assertThat(read("SELECT id FROM messages ORDER BY id")).isEqualTo(ids);
    }

    @Test
    void writesForWhomItIsTold() {
        var conversations = many.conversations(ada, 20);
        var tasks = many.tasks(ada, 10);

        assertThat(read("SELECT id FROM conversations WHERE user_id = '" + ada.userId()
                        + "' AND created_at < now() - interval '1 h'"))
                .containsExactlyInAnyOrderElementsOf(conversations);
        assertThat(read("SELECT id FROM tasks WHERE user_id = '" + ada.userId() + "' ORDER BY created_at"))
                .isEqualTo(tasks);
        assertThat(many.messages(ada, conversations.get(0), 0)).isEmpty();
    }

    private List<UUID> read(String sql) {
        return Answers.of(
                OwnerDatabase.of(database).query(sql, row -> row.getUUID("id")).list(Parameters.none()));
    }
}
