package io.parley.storage;

import static io.parley.kernel.Problem.Kind.INTERNAL;
import static io.parley.kernel.Problem.Kind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements that share a connection where all are busy: here there is one, for which two may wait. */
class PipeliningTest {
    private final Vertx vertx = Vertx.vertx();
    private Database database;
    private Statement<Integer> tenth;

    @BeforeEach
    void connect() {
        database = Database.connect(vertx, Servers.newDatabase(), new PoolSettings(1, 2, false));
        tenth = database.statement("SELECT 10 / #{n}::int", row -> row.getInteger(0))
                .pipelined();
        Futures.result(database.ping());
    }

    @AfterEach
    void close() {
        Futures.result(vertx.close());
    }

    @Test
    void waitTogetherAndGetEachItsOwnAnswer() {
        var busy = database.statement("SELECT pg_sleep(0.1)").run(Parameters.none());
        var answers = ask(List.of(1, 2, 5, 10, 1, 2, 5, 10));

        assertThat(answers.stream().map(Futures::result)).containsExactly(10, 5, 2, 1, 10, 5, 2, 1);
        Futures.result(busy);
    }

    @Test
    void failAlone() {
        database.statement("SELECT pg_sleep(0.1)").run(Parameters.none());
        var answers = ask(List.of(1, 0, 5));

        assertThat(Futures.result(answers.get(0))).isEqualTo(10);
        assertThat(Futures.problem(answers.get(1)).kind()).isEqualTo(INTERNAL);
        assertThat(Futures.result(answers.get(2))).isEqualTo(2);
    }

    @Test
    void areUnavailableTogetherWhenTheirConnectionEndsAndLeaveRoomForAnother() {
        var end = database.statement("SELECT pg_terminate_backend(pg_backend_pid()), #{n}::int")
                .pipelined();
        database.statement("SELECT pg_sleep(0.1)").run(Parameters.none());
        var ending = end.run(Parameters.of("n", 1));
        var behind = ask(List.of(1, 2));

        assertThat(Futures.problem(ending).kind()).isEqualTo(UNAVAILABLE);
        assertThat(behind)
                .allSatisfy(each -> assertThat(Futures.problem(each).kind()).isEqualTo(UNAVAILABLE));
        Futures.result(database.ping());
        assertThat(Futures.result(tenth.only(Parameters.of("n", 1)))).isEqualTo(10);
    }

    @Test
    void giveTheirConnectionBackHoweverManyThereAre() {
        for (int round = 0; round < 20; round++)
            Futures.result(Future.all(ask(IntStream.rangeClosed(1, 4).boxed().toList())));
        Futures.result(database.ping());
    }

    private List<Future<Integer>> ask(List<Integer> numbers) {
        return numbers.stream()
                .map(number -> tenth.only(Parameters.of("n", number)))
                .toList();
    }
}
