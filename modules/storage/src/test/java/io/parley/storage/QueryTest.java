package io.parley.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.embedded.Servers;
import io.parley.storage.connections.PoolSettings;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    private enum Colour {
        DARK_BLUE
    }

    private record Note(int id, String title, Instant at, Json extra) {}

    private final Vertx vertx = Vertx.vertx();
    private final DatabaseUrl url = NotesDatabase.create();
    private Database database;

    @BeforeEach
    void connect() {
        database = Database.connect(vertx, url, new PoolSettings(1, 10, false));
    }

    @AfterEach
    void close() {
        Futures.result(database.close());
        Futures.result(vertx.close());
    }

    @Test
    void bindsByNameAndReadsTheSameBack() {
        var insert = database.query("""
                INSERT INTO notes (id, title, at, extra, labels)
                VALUES (#{id}, #{title}, #{at}, #{extra}::text::jsonb, #{labels})
                """);
        var find = database.query(
                "SELECT id, title, at, extra::text AS extra FROM notes WHERE id = #{id} AND at = ANY(#{times})",
                row -> new Note(
                        Rows.integer(row, "id"),
                        Rows.text(row, "title"),
                        Rows.instant(row, "at"),
                        Rows.json(row, "extra")));
        var at = Instant.parse("2026-02-28T23:59:59.123456Z");
        var note = Parameters.of("id", 7)
                .and("title", "Ω \\ #{x} 'quoted'")
                .and("at", at)
                .and("extra", new Json("{\"n\": 1.10}"))
                .and("labels", new String[] {"a", "b"});

        assertThat(Futures.result(insert.run(note))).isEqualTo(1);
        assertThat(Futures.result(find.one(Parameters.of("id", 7).and("times", times(at)))))
                .contains(new Note(7, "Ω \\ #{x} 'quoted'", at, new Json("{\"n\": 1.10}")));
        assertThat(Futures.result(find.list(Parameters.of("id", 7).and("times", times()))))
                .isEmpty();
    }

    private static OffsetDateTime[] times(Instant... times) {
        return Stream.of(times).map(time -> time.atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new);
    }

    @Test
    void bindsChoicesIdsAndNulls() {
        var choose = database.query(
                "SELECT #{colour}::text AS colour, #{none}::int IS NULL AS absent, #{id} = ANY(#{ids}::uuid[]) AS found",
                row -> Rows.choice(row, "colour", Colour.class) + " " + Rows.flag(row, "absent") + " "
                        + Rows.flag(row, "found"));
        var id = UUID.randomUUID();
        var parameters = Parameters.of("colour", Colour.DARK_BLUE)
                .and("none", null)
                .and("id", id)
                .and("ids", new UUID[] {UUID.randomUUID(), id});

        assertThat(Futures.result(choose.one(parameters))).contains("DARK_BLUE true true");
    }

    @Test
    void readsColumnsInAnyOrderAndRepeatedly() {
        var rows = database.query(
                "SELECT n AS first, n + 10 AS second, n + 20 AS third FROM generate_series(1, 2) n",
                row -> Stream.of("third", "first", "second", "second", "first", "third")
                        .map(column -> Rows.integer(row, column))
                        .toList());

        assertThat(Futures.result(rows.list(Parameters.none())))
                .containsExactly(List.of(21, 1, 11, 11, 1, 21), List.of(22, 2, 12, 12, 2, 22));
    }

    @Test
    void failsIfAColumnIsNotSelected() {
        var rows = database.query(
                "SELECT 1 AS first, 2 AS second", row -> Rows.integer(row, "first") + Rows.integer(row, "third"));

        assertThatThrownBy(() -> Futures.result(rows.one(Parameters.none())))
                .hasStackTraceContaining(NoSuchElementException.class.getName());
    }

    @Test
    void refusesParametersThatAreNotThoseOfTheText() {
        var statement = database.query("SELECT #{a}::int, #{b}::int, #{a}::int");

        assertThatThrownBy(() -> Futures.result(statement.one(Parameters.of("a", 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("b");
        assertThatThrownBy(() -> Futures.result(
                        statement.one(Parameters.of("a", 1).and("b", 2).and("c", 3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("c");
    }

    @Test
    void translatesTheConstraintsThatItKnows() {
        var taken = Problem.conflict("/id", "There is one already.");
        var insert = database.query("INSERT INTO notes (id, title) VALUES (#{id}, #{title})")
                .translating(Map.of("pk_notes", taken));
        Futures.result(insert.run(Parameters.of("id", 1).and("title", "one")));

        assertThat(Futures.problem(insert.run(Parameters.of("id", 1).and("title", "two"))))
                .isSameAs(taken);
        assertThat(Futures.problem(insert.run(Parameters.of("id", 2).and("title", "")))
                        .kind())
                .isEqualTo(Problem.Kind.INTERNAL);
    }

    @Test
    void survivesATableThatChangesUnderIt() {
        Servers.execute(url, "INSERT INTO notes (id, title) VALUES (1, 'one')");
        var titles = database.query("SELECT id, labels FROM notes", row -> Rows.integer(row, "id"));
        assertThat(Futures.result(titles.list(Parameters.none()))).containsExactly(1);

        Servers.execute(url, "ALTER TABLE notes ALTER COLUMN labels TYPE varchar(10)[]");

        assertThat(Futures.result(titles.list(Parameters.none()))).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rollsBackAStatementThatExceedsItsLimit(boolean pooler) {
        Servers.execute(url, "INSERT INTO notes (id, title) VALUES (1, 'one'), (2, 'two')");
        database = Database.connect(vertx, url, new PoolSettings(1, 10, pooler));
        var delete = database.query("DELETE FROM notes WHERE id = #{id} AND pg_sleep(#{seconds}) IS NOT NULL")
                .within(Duration.ofMillis(400));

        assertThat(Futures.problem(delete.run(Parameters.of("id", 1).and("seconds", 10.0)))
                        .kind())
                .isEqualTo(Problem.Kind.TIMEOUT);
        assertThat(count("SELECT id FROM notes")).isEqualTo(2);

        assertThat(Futures.result(delete.run(Parameters.of("id", 2).and("seconds", 0.0))))
                .isEqualTo(1);
        assertThat(count("SELECT id FROM notes")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void restoresTheSettingsAfterALimitedStatement(boolean pooler) {
        database = Database.connect(vertx, url, new PoolSettings(1, 10, pooler));
        var settings = database.query(
                "SELECT current_setting('statement_timeout') || ' ' || current_setting('synchronous_commit')",
                row -> row.getString(0));
        var before = Futures.result(settings.only(Parameters.none()));

        assertThat(Futures.result(settings.within(Duration.ofSeconds(9)).only(Parameters.none())))
                .isEqualTo("9s off");
        assertThat(Futures.problem(database.query("SELECT nothing")
                        .within(Duration.ofSeconds(9))
                        .run(Parameters.none())))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() ->
                        Futures.result(settings.within(Duration.ofSeconds(9)).only(Parameters.of("unknown", 1))))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(Futures.result(settings.only(Parameters.none()))).isEqualTo(before);
        assertThat(count("SELECT 1 FROM pg_prepared_statements WHERE statement LIKE '%nothing%'"
                        + " AND statement NOT LIKE '%pg_prepared%'"))
                .isZero();
        assertThat(count("SELECT 1 FROM pg_stat_activity WHERE state = 'idle in transaction'"
                        + " AND datname = current_database()"))
                .isZero();
    }

    private int count(String sql) {
        return Futures.result(database.query(sql).list(Parameters.none())).size();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void returnsRowsOnlyIfAllTogetherAreSmall(boolean isBatched) {
        assertThat(sizes(isBatched, 2, 100_000)).contains(List.of(100_000, 100_000));
        assertThat(sizes(isBatched, 3, 100_000)).isEmpty();
        assertThat(sizes(isBatched, 1, 300_000)).isEmpty();
        assertThat(sizes(isBatched, 1_000, 1)).isEmpty();
        assertThat(sizes(isBatched, 0, 1)).contains(List.of());
    }

    private Optional<List<Integer>> sizes(boolean isBatched, int rows, int size) {
        return Futures.result(database.query(
                        "SELECT repeat('x', #{size}::int) AS text FROM generate_series(1, #{rows}::int)",
                        row -> Rows.text(row, "text").length())
                .listIfSmall(Parameters.of("size", size).and("rows", rows), isBatched));
    }
}
