package io.parley.assistant.commands;

import static io.parley.testing.Fixtures.ada;

import io.parley.assistant.tools.SearchFake;
import io.parley.assistant.tools.TasksFake;
import io.parley.assistant.tools.ToolRegistry;
import io.parley.kernel.Bus;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A conversation with the offline commands. In New York it is late on 29 March, in UTC already the 30th. */
@ExtendWith(BusExtension.class)
abstract class OfflineConversation {
    static final TasksFake tasks = new TasksFake();
    static final SearchFake search = new SearchFake();

    private static final Clock NOW = Clock.fixed(Instant.parse("2027-03-30T03:30:00Z"), ZoneOffset.UTC);

    final FakeConversation talk;

    public OfflineConversation(Vertx vertx, Bus bus) {
        talk = new FakeConversation(
                new OfflineCommands(vertx, NOW), new ToolRegistry(bus, NOW, 6000), ada, ZoneId.of("America/New_York"));
    }

    @BeforeAll
    public static void answer(Bus bus) {
        Answers.of(tasks.answer(bus));
        Answers.of(search.answer(bus));
    }

    @BeforeEach
    public void clear() {
        tasks.clear();
        search.queries.clear();
    }
}
