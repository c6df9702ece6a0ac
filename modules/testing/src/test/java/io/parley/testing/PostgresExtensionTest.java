package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.storage.Database;
import io.parley.storage.DatabaseUrl;
import io.parley.storage.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class PostgresExtensionTest {
    @Test
    void givesADatabaseThatAnswers(Database database, DatabaseUrl url) {
        var name = database.statement("SELECT current_database()", row -> row.getString(0));

        assertThat(Answers.of(name.one(Parameters.none()))).contains(url.database());
    }

    @Test
    void knowsEverybodyWhoseTableIsThere(Database database) {
        var tables = database.statement(
                "SELECT count(*) FROM information_schema.tables WHERE table_name = #{name}", row -> row.getLong(0));
        var present = Answers.of(tables.one(Parameters.of("name", "users"))).orElseThrow();
        if (present == 0) return;
        var people = database.statement("SELECT id FROM users ORDER BY email", row -> row.getUUID("id"));

        assertThat(Answers.of(people.list(Parameters.none())))
                .containsExactly(People.ada.userId(), People.grace.userId());
    }
}
