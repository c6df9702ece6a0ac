package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.storage.Database;
import io.parley.storage.DatabaseUrl;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
        assertThat(read(url, "SELECT id FROM users ORDER BY email"))
                .containsExactly(
                        People.ada.userId().toString(), People.grace.userId().toString());
        assertThat(read(url, "SELECT id FROM conversations ORDER BY title DESC"))
                .containsExactly(People.adasTripPlan.toString(), People.gracesDiary.toString());
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
