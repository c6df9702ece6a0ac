package io.parley.changes;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasAnswer;
import static io.parley.testing.Fixtures.adasBooking;
import static io.parley.testing.Fixtures.adasPacking;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesErrand;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.changes.Change;
import io.parley.contracts.changes.Change.Kind;
import io.parley.contracts.changes.Change.Resource;
import io.parley.contracts.changes.ChangePosition;
import io.parley.contracts.changes.Changes;
import io.parley.contracts.changes.Changes.ChangesSince;
import io.parley.contracts.changes.Changes.Since;
import io.parley.contracts.changes.Changes.Watch;
import io.parley.contracts.changes.Changes.WatchResult;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.postgres.DatabaseUrl;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BulkRows;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class ChangesVerticleTest {
    private static final int RENAMES = 40;

    private final Bus bus;
    private final Database database;
    private final DatabaseUrl url;

    ChangesVerticleTest(Bus bus, Database database, DatabaseUrl url) {
        this.bus = bus;
        this.database = database;
        this.url = url;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new ChangesVerticle(bus, database)));
    }

    @Test
    void returnsTheChangesOfEachUserSinceAPosition() {
        var before = now(ada);
        var gracesBefore = now(grace);
        run("UPDATE tasks SET title = 'Book two night trains' WHERE id = '" + adasBooking + "'");
        run("UPDATE tasks SET title = 'Buy ink' WHERE id = '" + gracesErrand + "'");

        assertThat(changes(ada, before)).containsExactly(new Change(Resource.TASK, adasBooking, Kind.UPDATED));
        assertThat(changes(grace, gracesBefore)).containsExactly(new Change(Resource.TASK, gracesErrand, Kind.UPDATED));
        assertThat(changes(ada, now(ada))).isEmpty();
    }

    @Test
    void answersEachWatchSeparately() {
        var early = now(ada);
        run("UPDATE tasks SET title = 'Pack a lot' WHERE id = '" + adasPacking + "'");
        var late = now(ada);
        run("UPDATE tasks SET title = 'Pack less' WHERE id = '" + adasPacking + "'");

        var results = since(
                        new Watch(ada.userId(), early), new Watch(ada.userId(), null), new Watch(ada.userId(), late))
                .results();

        assertThat(results).extracting(each -> each.changes().size()).containsExactly(2, 0, 1);
    }

    @Test
    void reportsTheTrashAsDeletionAndRestoreAsCreation() {
        var before = now(ada);
        run("UPDATE messages SET deleted_at = now() WHERE id = '" + adasAnswer + "'");
        run("UPDATE messages SET deleted_at = NULL WHERE id = '" + adasAnswer + "'");
        run("UPDATE conversations SET deleted_at = now() WHERE id = '" + adasTripPlan + "'");
        run("UPDATE conversations SET deleted_at = NULL WHERE id = '" + adasTripPlan + "'");

        assertThat(changes(ada, before))
                .containsExactly(
                        new Change(Resource.MESSAGE, adasAnswer, Kind.DELETED),
                        new Change(Resource.MESSAGE, adasAnswer, Kind.CREATED),
                        new Change(Resource.CONVERSATION, adasTripPlan, Kind.DELETED),
                        new Change(Resource.CONVERSATION, adasTripPlan, Kind.CREATED));
    }

    @Test
    void ignoresChangesInTheTrashAndUpdatesWithoutEffect() {
        run("UPDATE tasks SET deleted_at = now() WHERE id = '" + adasPacking + "'");
        var before = now(ada);
        run("UPDATE tasks SET deleted_at = now() - interval '1 day' WHERE id = '" + adasPacking + "'");
        run("UPDATE tasks SET title = title WHERE id = '" + adasBooking + "'");

        assertThat(changes(ada, before)).isEmpty();
    }

    // The first transaction to begin commits last. A reader that reconnects in between must not miss it.
    @Test
    void missesNoTransactionThatCommitsAfterALaterOne() throws Exception {
        var before = now(ada);
        try (var slow = url.connect();
                var quick = url.connect()) {
            rename(slow, adasBooking, "Slowly");
            var quickly = CompletableFuture.runAsync(() -> renameAndCommit(quick, adasPacking, "Quickly"));
            assertThat(changes(ada, before)).isEmpty();
            var between = now(ada);
            slow.commit();
            quickly.get(10, TimeUnit.SECONDS);

            assertThat(changes(ada, between))
                    .containsExactly(
                            new Change(Resource.TASK, adasBooking, Kind.UPDATED),
                            new Change(Resource.TASK, adasPacking, Kind.UPDATED));
        }
    }

    @Test
    void missesNothingWhileManyWriteAtOnce() {
        var position = now(ada);
        var writers = CompletableFuture.allOf(IntStream.range(0, 4)
                .mapToObj(number -> CompletableFuture.runAsync(() -> renameOften(number)))
                .toArray(CompletableFuture<?>[]::new));
        int read = 0;
        while (!writers.isDone()) {
            var result = result(ada, position);
            assertThat(result.isIncomplete()).isFalse();
            read += result.changes().size();
            position = result.now();
        }
        writers.join();

        assertThat(read + changes(ada, position).size()).isEqualTo(4 * RENAMES);
    }

    @Test
    void numbersSayNothingAboutOtherUsers() {
        var before = now(ada);
        run("UPDATE tasks SET title = 'Busy' WHERE id = '" + gracesErrand + "'");

        assertThat(now(ada)).isEqualTo(before);
    }

    @Test
    void ignoresWhatWasRolledBack() throws SQLException {
        var before = now(ada);
        try (var connection = url.connect()) {
            rename(connection, adasBooking, "Never");
            connection.rollback();
        }
        assertThat(changes(ada, before)).isEmpty();
    }

    @Test
    void isIncompleteIfThereAreTooManyChanges(BulkRows many) {
        var before = now(ada);
        many.tasks(ada, Changes.MAX_CHANGES);
        assertThat(changes(ada, before)).hasSize(Changes.MAX_CHANGES);
        many.tasks(ada, 1);

        assertThat(result(ada, before)).isEqualTo(new WatchResult(List.of(), now(ada), true));
    }

    @Test
    void isIncompleteIfThePositionIsFromAnotherDatabaseOrAnOlderVersion() {
        var now = now(ada);

        assertThat(result(ada, new ChangePosition(now.number() + 1)).isIncomplete())
                .isTrue();
        assertThat(result(ada, ChangePosition.parse("1764000000-10:20:10,14,19")))
                .isEqualTo(new WatchResult(List.of(), now, true));
    }

    @Test
    void purgesOnlyChangesPastTheRetentionTimeAndReportsTheGap() {
        var before = now(ada);
        var gracesBefore = now(grace);
        run("UPDATE tasks SET title = 'Fresh' WHERE id = '" + adasBooking + "'");
        run("UPDATE tasks SET title = 'Stale' WHERE id = '" + gracesErrand + "'");
        run("UPDATE changes SET created_at = now() - interval '1 hour' WHERE id = '" + gracesErrand + "'");

        var purged = Answers.afterTimeouts(() -> bus.ask(Purge.of("changes"), new Batch(Duration.ZERO, 1_000)));

        assertThat(purged.removed()).isPositive();
        assertThat(changes(ada, before)).hasSize(1);
        assertThat(result(grace, gracesBefore).isIncomplete()).isTrue();
    }

    @Test
    void parsesAPositionThatItWrote() {
        var position = new ChangePosition(1_764_000_000);

        assertThat(ChangePosition.parse(position.text())).isEqualTo(position);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "-1", "7.5", "1-", "x-1:1:", "1-1:9:3'", "9999999999999999999", "9999999999999-1:1:"})
    void refusesTextThatIsNotAPosition(String text) {
        assertThatThrownBy(() -> ChangePosition.parse(text)).isInstanceOf(Problem.class);
    }

    private void renameOften(int writer) {
        try (var connection = url.connect()) {
            for (int time = 0; time < RENAMES; time++)
                renameAndCommit(connection, adasBooking, "Writer " + writer + ", time " + time);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void renameAndCommit(Connection connection, UUID task, String title) {
        try {
            rename(connection, task, title);
            connection.commit();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void rename(Connection connection, UUID task, String title) throws SQLException {
        connection.setAutoCommit(false);
        try (var update = connection.prepareStatement("UPDATE tasks SET title = ? WHERE id = ?")) {
            update.setString(1, title);
            update.setObject(2, task);
            update.executeUpdate();
        }
    }

    private ChangePosition now(Caller caller) {
        return result(caller, null).now();
    }

    private List<Change> changes(Caller caller, ChangePosition after) {
        var result = result(caller, after);
        assertThat(result.isIncomplete()).isFalse();
        return result.changes();
    }

    private WatchResult result(Caller caller, @Nullable ChangePosition after) {
        return since(new Watch(caller.userId(), after)).results().get(0);
    }

    private ChangesSince since(Watch... watches) {
        return Answers.of(bus.ask(Changes.SINCE, new Since(new ArrayList<>(Arrays.asList(watches)))));
    }

    private void run(String sql) {
        Answers.of(OwnerDatabase.of(database).query(sql).run(Parameters.none()));
    }
}
