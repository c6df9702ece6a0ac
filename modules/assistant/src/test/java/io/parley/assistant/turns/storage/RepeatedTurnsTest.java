package io.parley.assistant.turns.storage;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.turns.storage.TurnStore.NewTurn;
import io.parley.contracts.assistant.Turn;
import io.parley.kernel.Ids;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class RepeatedTurnsTest {
    private static final int AT_ONCE = 4;

    private final TurnStore store;

    RepeatedTurnsTest(Database database) {
        this.store = new TurnStore(database);
    }

    // Every second time, one of them met the others in the index of running turns, and failed as if another turn were
    // running.
    @RepeatedTest(50)
    void areStoredOnceHoweverManyComeAtTheSameMoment() {
        var key = new TurnKey(ada.userId(), Ids.next());
        var turn = new NewTurn(key, adasTripPlan, Turn.messageId(key.id(), 0), null, "offline");

        var inserted = Stream.generate(() -> store.insert(turn)).limit(AT_ONCE).toList();
        Answers.of(Future.all(inserted));

        assertThat(inserted.stream().map(Future::result).filter(Optional::isPresent))
                .hasSize(1);
        Answers.of(store.delete(key));
    }
}
