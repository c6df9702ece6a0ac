package io.parley.storage.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.postgres.embedded.Servers;
import io.parley.storage.Database;
import io.parley.storage.Futures;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.parley.storage.Rows;
import io.parley.storage.connections.PoolConnections;
import io.parley.storage.connections.PoolSettings;
import io.parley.storage.migration.RowSecurity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that forget their user, on one connection with row-level security. */
class UserFenceTest {
    private static final UUID ADA = new UUID(0, 0xada);
    private static final UUID BOB = new UUID(0, 0xb0b);

    private static Vertx vertx;
    private static Database database;

    @BeforeAll
    static void secure() {
        vertx = Vertx.vertx();
        var url = Servers.newDatabase();
        Servers.execute(url, "CREATE TABLE notes (user_id uuid, text text)");
        RowSecurity.enable(url, url.user());
        database = Database.connectSecured(vertx, url, url, new PoolSettings(1, 16, false), 1_000_000);
    }

    @AfterAll
    static void close() {
        Futures.result(vertx.close());
    }

    @BeforeEach
    void store() {
        for (var user : List.of(ADA, BOB)) {
            Futures.result(database.query("DELETE FROM notes").run(of(user)));
            Futures.result(
                    database.query("INSERT INTO notes (user_id, text) VALUES (#{user_id}, 'of ' || #{user_id}::uuid)")
                            .run(Parameters.of("user_id", user)));
        }
    }

    private static Parameters of(UUID user) {
        return Parameters.none().actingFor(user);
    }

    private static Query<UUID> query(String sql) {
        return database.query(sql, row -> Rows.uuid(row, "user_id"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT user_id FROM notes",
                "\nSELECT user_id FROM notes FOR UPDATE",
                "WITH found AS (SELECT user_id FROM notes) SELECT user_id FROM found",
                "with recursive found AS (SELECT user_id FROM notes UNION SELECT user_id FROM found) SELECT user_id FROM found",
                PoolConnections.PLANNED_EACH_TIME + "SELECT user_id FROM notes",
                "UPDATE notes SET text = 'changed' RETURNING user_id",
                "WITH changed AS (UPDATE notes SET text = 'changed' RETURNING user_id) SELECT user_id FROM changed",
                "INSERT INTO notes (user_id, text) SELECT user_id, text FROM notes RETURNING user_id",
                "DELETE FROM notes RETURNING user_id"
            })
    void reachOneUsersRows(String sql) {
        assertThat(Futures.result(query(sql).list(of(BOB)))).containsExactly(BOB);
        assertThat(Futures.result(query(sql).list(of(ADA)))).containsExactly(ADA);
    }

    @Test
    void reachOneUsersRowsInABatch() {
        var batched = query("SELECT user_id FROM notes").batched();
        var found =
                List.of(batched.list(of(ADA)), batched.list(of(BOB)), batched.list(of(null)), batched.list(of(ADA)));
        Futures.result(Future.all(found));

        assertThat(found)
                .extracting(Future::result)
                .containsExactly(List.of(ADA), List.of(BOB), List.of(), List.of(ADA));
    }

    @Test
    void reachNothingWithoutAUserAfterAnotherOnes() {
        var all = query("SELECT user_id FROM notes");
        Futures.result(all.list(of(ADA)));

        assertThat(Futures.result(all.list(of(null)))).isEmpty();
        assertThat(Futures.result(
                        query("UPDATE notes SET text = 'x' RETURNING user_id").list(Parameters.none())))
                .isEmpty();
    }

    @Test
    void storeNoRowForAnotherUser() {
        var insert = database.query("INSERT INTO notes (user_id, text) VALUES (#{owner}, 'forged')");

        assertThatThrownBy(() ->
                        Futures.result(insert.run(Parameters.of("owner", BOB).actingFor(ADA))))
                .isInstanceOf(RuntimeException.class);
        assertThat(Futures.result(
                        query("SELECT user_id FROM notes WHERE text = 'forged'").list(of(BOB))))
                .isEmpty();
    }
}
