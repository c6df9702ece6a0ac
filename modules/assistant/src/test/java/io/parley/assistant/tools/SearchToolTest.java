package io.parley.assistant.tools;

import static io.parley.assistant.tools.ToolScene.BERLIN;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.models.ToolCall;
import io.parley.contracts.search.Search;
import io.parley.kernel.Bus;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BusExtension.class)
class SearchToolTest {
    private static final SearchFake search = new SearchFake();

    private final ToolScene scene;

    SearchToolTest(Bus bus) {
        scene = new ToolScene(bus);
    }

    @BeforeAll
    static void answer(Bus bus) {
        Answers.of(search.answer(bus));
    }

    @BeforeEach
    void clear() {
        search.queries.clear();
        search.found = query -> true;
    }

    @Test
    void searchesMessagesAndReturnsPlainText() {
        search.snippet = "the <mark>trip</mark> to &lt;Lisbon&gt; &amp;amp; back, &#39;twas &quot;fun&quot;";

        var found = scene.run(ada, "search_messages", "{\"q\": \"trip\"}");

        assertThat(found).hasToString("""
                {"messages":[{"id":"%s","conversation_id":"%s",\
                "snippet":"the trip to <Lisbon> &amp; back, 'twas \\"fun\\"",\
                "created_at":"1970-01-01T01:00:00+01:00"}],"match":"all","more":false}""".formatted(SearchFake.MESSAGE, adasTripPlan));
        assertThat(search.queries.get(0).q()).isEqualTo("trip");
        assertThat(search.queries.get(0).limit()).isGreaterThan(10);
    }

    @Test
    void looksForAnyWordIfNoMessageHasAll() {
        search.found = query -> query.q().contains(" or ");

        assertThat(scene.run(ada, "search_messages", "{\"q\": \"trip -work \\\"to Lisbon\\\"\"}")
                        .get("match")
                        .textValue())
                .isEqualTo("any");
        assertThat(search.queries)
                .extracting(Search.Query::q)
                .containsExactly("trip -work \"to Lisbon\"", "trip or to or Lisbon");
        search.queries.clear();
        assertThat(scene.run(ada, "search_messages", "{\"q\": \"trip\"}").get("messages"))
                .isEmpty();
        assertThat(search.queries).hasSize(1);
    }

    @Test
    void findsNothingOfItsOwnTurn() {
        var context = new ToolContext(ada, null, BERLIN, SearchFake.MESSAGE::equals);

        var result =
                Answers.of(scene.tools().run(context, new ToolCall("1", "search_messages", "{\"q\": \"trip plan\"}")));

        assertThat(result).isEqualTo("{\"messages\":[],\"match\":\"any\",\"more\":false}");
    }
}
