package io.parley.testing.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.postgres.DatabaseUrl;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.Fixtures;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class PostgresExtensionTest {
    @Test
    void givesADatabaseOfItsOwnThatAnswers(Database database, DatabaseUrl url) throws SQLException {
        Answers.of(database.ping());

        assertThat(read(url, "SELECT current_database()")).containsExactly(url.database());
        assertThat(url.database()).startsWith("test_");
    }

    @Test
    void knowsEverybody(DatabaseUrl url) throws SQLException {
        assertThat(read(url, "SELECT name FROM users WHERE is_active ORDER BY name"))
                .containsExactly("Ada", "Grace", "Margaret");
        assertThat(read(url, "SELECT id FROM users WHERE is_superuser"))
                .containsExactly(text(Fixtures.margaret.userId()));
        assertThat(read(url, "SELECT id FROM users WHERE NOT is_active")).containsExactly(text(Fixtures.alan.userId()));
    }

    @Test
    void knowsWhatTheyHave(DatabaseUrl url) throws SQLException {
        assertThat(read(url, "SELECT id FROM conversations WHERE deleted_at IS NULL ORDER BY title DESC"))
                .containsExactly(text(Fixtures.adasTripPlan), text(Fixtures.gracesDiary));
        assertThat(read(url, "SELECT id FROM conversations WHERE deleted_at IS NOT NULL"))
                .containsExactly(text(Fixtures.adasCancelledTrip));
        assertThat(read(url, "SELECT id FROM messages WHERE deleted_at IS NULL ORDER BY created_at"))
                .containsExactly(
                        text(Fixtures.adasQuestion),
                        text(Fixtures.adasAnswer),
                        text(Fixtures.adasFarewell),
                        text(Fixtures.gracesEntry));
        assertThat(read(url, "SELECT parent_id FROM messages WHERE parent_id IS NOT NULL ORDER BY parent_id"))
                .containsExactly(text(Fixtures.adasQuestion), text(Fixtures.adasAnswer));
        assertThat(read(url, "SELECT id FROM messages WHERE deleted_at IS NOT NULL"))
                .containsExactly(text(Fixtures.adasTypo));
        assertThat(read(url, "SELECT id FROM tasks WHERE conversation_id IS NOT NULL"))
                .containsExactly(text(Fixtures.adasBooking));
        assertThat(read(url, "SELECT id FROM tasks WHERE deleted_at IS NOT NULL"))
                .containsExactly(text(Fixtures.adasForgottenErrand));
        assertThat(read(url, "SELECT id FROM api_keys")).containsExactly(text(Fixtures.adasProviderKey));
    }

    private static String text(UUID id) {
        return id.toString();
    }

    private static List<String> read(DatabaseUrl url, String sql) throws SQLException {
        var values = new ArrayList<String>();
        try (var connection = url.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) values.add(rows.getString(1));
        }
        return values;
    }
}
