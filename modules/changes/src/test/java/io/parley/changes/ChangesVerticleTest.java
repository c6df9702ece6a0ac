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
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class ChangesVerticleTest {
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
        var before = now();
        run("UPDATE tasks SET title = 'Book two night trains' WHERE id = '" + adasBooking + "'");
        run("UPDATE tasks SET title = 'Buy ink' WHERE id = '" + gracesErrand + "'");

        assertThat(changes(ada, before)).containsExactly(new Change(Resource.TASK, adasBooking, Kind.UPDATED));
        assertThat(changes(grace, before)).containsExactly(new Change(Resource.TASK, gracesErrand, Kind.UPDATED));
        assertThat(changes(ada, now())).isEmpty();
    }

    @Test
    void answersEachWatchSeparately() {
        var early = now();
        run("UPDATE tasks SET title = 'Pack a lot' WHERE id = '" + adasPacking + "'");
        var late = now();
        run("UPDATE tasks SET title = 'Pack less' WHERE id = '" + adasPacking + "'");

        var results = since(
                        new Watch(ada.userId(), early), new Watch(ada.userId(), null), new Watch(ada.userId(), late))
                .results();

        assertThat(results).extracting(each -> each.changes().size()).containsExactly(2, 0, 1);
    }

    @Test
    void reportsTheTrashAsDeletionAndRestoreAsCreation() {
        var before = now();
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
        var before = now();
        run("UPDATE tasks SET deleted_at = now() - interval '1 day' WHERE id = '" + adasPacking + "'");
        run("UPDATE tasks SET title = title WHERE id = '" + adasBooking + "'");

        assertThat(changes(ada, before)).isEmpty();
    }

    // The first transaction to begin commits last. A position made of numbers or times would already be past it.
    @Test
    void missesNoTransactionThatCommitsAfterALaterOne() throws SQLException {
        var before = now();
        ChangePosition between;
        try (var slow = url.connect()) {
            rename(slow, adasBooking, "Slowly");
            run("UPDATE tasks SET title = 'Quickly' WHERE id = '" + gracesErrand + "'");
            between = now();
            assertThat(changes(ada, before)).isEmpty();
            assertThat(changes(grace, before)).hasSize(1);
            slow.commit();
        }
        assertThat(changes(ada, between)).containsExactly(new Change(Resource.TASK, adasBooking, Kind.UPDATED));
        assertThat(changes(grace, between)).isEmpty();
    }

    @Test
    void ignoresWhatWasRolledBack() throws SQLException {
        var before = now();
        try (var connection = url.connect()) {
            rename(connection, adasBooking, "Never");
            connection.rollback();
        }
        assertThat(changes(ada, before)).isEmpty();
    }

    @Test
    void isIncompleteIfThereAreTooManyChanges(BulkRows many) {
        var before = now();
        many.tasks(ada, Changes.MAX_CHANGES);
        assertThat(changes(ada, before)).hasSize(Changes.MAX_CHANGES);
        many.tasks(ada, 1);

        assertThat(result(ada, before)).isEqualTo(new WatchResult(List.of(), true));
    }

    @Test
    void isIncompleteIfThePositionIsTooOldOrFromAnotherServer() {
        var now = now();
        var longAgo = now.second() - Changes.RETENTION.toSeconds() - 1;

        assertThat(result(ada, new ChangePosition(longAgo, now.snapshot())).isIncomplete())
                .isTrue();
        assertThat(result(ada, new ChangePosition(now.second(), "1:999999999999:"))
                        .isIncomplete())
                .isTrue();
    }

    @Test
    void purgesOnlyChangesPastTheRetentionTime() {
        var before = now();
        run("UPDATE tasks SET title = 'Fresh' WHERE id = '" + adasBooking + "'");
        run("UPDATE tasks SET title = 'Stale' WHERE id = '" + gracesErrand + "'");
        run("UPDATE changes SET created_at = now() - interval '1 hour' WHERE id = '" + gracesErrand + "'");

        var purged = Answers.insisting(() -> bus.ask(Purge.of("changes"), new Batch(Duration.ZERO, 1_000)));

        assertThat(purged.removed()).isPositive();
        assertThat(changes(ada, before)).hasSize(1);
        assertThat(changes(grace, before)).isEmpty();
    }

    @Test
    void parsesAPositionThatItWrote() {
        var position = new ChangePosition(1_764_000_000, "10:20:10,14,19");

        assertThat(ChangePosition.parse(position.text())).isEqualTo(position);
    }

    // As many running transactions as a server with thousands of connections may have.
    @Test
    void parsesAPositionWithManyTransactionsAndRefusesAForgedOne() {
        var running = IntStream.range(10, 1_500).mapToObj(String::valueOf).collect(Collectors.joining(","));

        assertThat(result(ada, ChangePosition.parse(now().second() + "-10:9999:" + running))
                        .isIncomplete())
                .isTrue();
        assertThatThrownBy(() -> ChangePosition.parse("1-1:9:" + "1,".repeat(3_900) + "1"))
                .isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "x-1:1:",
                "1-0:0:",
                "1-2:1:",
                "1-1:2:2",
                "1-5:9:4",
                "1-1:9:3,3",
                "1-1:9:4,3",
                "1-1:9:3,",
                "1-1:9",
                "1-1:9:3'",
                "1-9999999999999999999:9999999999999999999:",
                "9999999999999-1:1:"
            })
    void refusesTextThatIsNotAPosition(String text) {
        assertThatThrownBy(() -> ChangePosition.parse(text)).isInstanceOf(Problem.class);
    }

    private static void rename(Connection connection, UUID task, String title) throws SQLException {
        connection.setAutoCommit(false);
        try (var update = connection.prepareStatement("UPDATE tasks SET title = ? WHERE id = ?")) {
            update.setString(1, title);
            update.setObject(2, task);
            update.executeUpdate();
        }
    }

    private ChangePosition now() {
        return since().now();
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
        Answers.of(database.query(sql).run(Parameters.none()));
    }
}
