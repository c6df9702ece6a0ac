package io.parley.storage.pool;

import static io.parley.kernel.Problem.Kind.INTERNAL;
import static io.parley.kernel.Problem.Kind.TIMEOUT;
import static io.parley.kernel.Problem.Kind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parley.postgres.embedded.Servers;
import io.parley.storage.Database;
import io.parley.storage.Futures;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.parley.storage.connections.PoolSettings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Executions of one statement that are sent together. */
class StatementBatcherTest {
    private static final int LONGEST = 8;

    private final Vertx vertx = Vertx.vertx();
    private final Context callersContext = vertx.getOrCreateContext();
    private final Database database = connect(false, 8);
    private final Query<Integer> tenth = tenth(database);

    private Database connect(boolean pooler, int queue) {
        return Database.connect(vertx, Servers.newDatabase(), new PoolSettings(1, queue, pooler));
    }

    private static Query<Integer> tenth(Database database) {
        return database.query("SELECT 10 / #{n}::int", row -> row.getInteger(0)).batched();
    }

    @AfterEach
    void close() {
        Futures.result(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areOneTransactionIfRequestedAtOnce(boolean pooler) {
        var began = connect(pooler, 8)
                .query("SELECT now()::text", row -> row.getString(0))
                .batched();
        var asked = together(LONGEST, n -> began.only(Parameters.none()));

        assertThat(asked.stream().map(Futures::result).distinct()).hasSize(1);
    }

    @Test
    void getTheirOwnAnswers() {
        assertThat(tenths(1, 2, 5, 10).stream().map(Futures::result)).containsExactly(10, 5, 2, 1);
    }

    @Test
    void failAlone() {
        var answers = tenths(1, 0, 5);

        assertThat(Futures.result(answers.get(0))).isEqualTo(10);
        assertThat(Futures.problem(answers.get(1)).kind()).isEqualTo(INTERNAL);
        assertThat(Futures.result(answers.get(2))).isEqualTo(2);
    }

    @Test
    void failAloneIfAParameterIsMissing() {
        var answers = together(2, n -> tenth.only(n == 0 ? Parameters.none() : Parameters.of("n", 5)));

        assertThatIllegalArgumentException().isThrownBy(() -> Futures.result(answers.get(0)));
        assertThat(Futures.result(answers.get(1))).isEqualTo(2);
    }

    @Test
    void waitAsOneAndGetTheirAnswersOnTheirOwnEventLoop() {
        var busy = connect(false, 1);
        var sleep = busy.query("SELECT pg_sleep(0.2)");
        var answers = together(
                        1 + LONGEST + 1,
                        n -> n == 0 ? sleep.run(Parameters.none()) : tenth(busy).only(Parameters.of("n", 5)))
                .stream()
                .map(answer -> answer.map(any -> Vertx.currentContext() == callersContext))
                .toList();

        assertThat(answers.subList(0, 1 + LONGEST))
                .allSatisfy(answer -> assertThat(Futures.result(answer)).isTrue());
        assertThat(Futures.problem(answers.get(1 + LONGEST)).kind()).isEqualTo(UNAVAILABLE);
    }

    @Test
    void timeOutTogether() {
        var cancel = database.query(
                        "SELECT CASE WHEN #{n} = 1 THEN pg_cancel_backend(pg_backend_pid()) END, pg_sleep(0.01)")
                .batched();

        assertThat(together(3, n -> cancel.run(Parameters.of("n", n))))
                .allSatisfy(answer -> assertThat(Futures.problem(answer).kind()).isEqualTo(TIMEOUT));
    }

    @Test
    void areUnavailableTogetherIfTheirConnectionEndsAndFreeTheirPlaces() {
        var end =
                database.query("SELECT pg_terminate_backend(pg_backend_pid())").batched();
        var answers = together(3, n -> end.only(Parameters.none()));

        assertThat(answers)
                .allSatisfy(answer -> assertThat(Futures.problem(answer).kind()).isEqualTo(UNAVAILABLE));
        assertThat(Futures.result(tenths(1).get(0))).isEqualTo(10);
    }

    private List<Future<Integer>> tenths(int... numbers) {
        return together(numbers.length, n -> tenth.only(Parameters.of("n", numbers[n])));
    }

    /** Requests all of them in one turn of the event loop. */
    private <T> List<Future<T>> together(int number, IntFunction<Future<T>> ask) {
        Promise<List<Future<T>>> asked = Promise.promise();
        callersContext.runOnContext(
                now -> asked.complete(IntStream.range(0, number).mapToObj(ask).toList()));
        return Futures.result(asked.future());
    }
}
