package io.parley.messages;

import static io.parley.testing.Fixtures.ada;

import io.parley.contracts.search.RankCursor;
import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.search.Search.Results;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Searches in Ada's trip plan, which is empty before each test. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
abstract class SearchedConversation {
    static SampleConversation sample;

    final Bus bus;

    public SearchedConversation(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    public static void open(Vertx vertx, Bus bus, Database database) {
        sample = SampleConversation.open(vertx, bus, database);
    }

    @BeforeEach
    public void clear() {
        sample.clear();
    }

    Results search(Caller caller, String q, int limit, @Nullable RankCursor after) {
        return Answers.of(bus.ask(Search.of(Search.Type.MESSAGE), new Search.Query(caller, q, limit, after)));
    }

    List<String> texts(String q) {
        return search(ada, q, 10, null).hits().stream().map(Hit::snippet).toList();
    }
}
