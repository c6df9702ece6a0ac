package io.parley.messages;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.contracts.search.RankCursor;
import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.search.Search.HitPage;
import io.parley.contracts.search.Search.Results;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class MessageSearchTest {
    private static SampleConversation sample;

    private final Bus bus;

    MessageSearchTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void open(Vertx vertx, Bus bus, Database database) {
        sample = SampleConversation.open(vertx, bus, database);
    }

    @BeforeEach
    void clear() {
        sample.clear();
    }

    @Test
    void supportsPhrasesAlternativesAndNegation() {
        sample.say("a night train to Lisbon");
        sample.say("a train at night");
        sample.say("a ferry to Lisbon");

        assertThat(texts("\"night train\"")).containsExactly("a <mark>night</mark> <mark>train</mark> to Lisbon");
        assertThat(texts("train -Lisbon")).containsExactly("a <mark>train</mark> at night");
        assertThat(texts("ferry or \"at night\"")).hasSize(2);
        assertThat(texts("train ferry")).isEmpty();
        assertThat(texts("\" - ( or :*")).isEmpty();
    }

    @Test
    void ranksTheBestMatchFirst() {
        var once = sample.say("lighthouse and a long way to walk along the shore in the evening");
        var twice = sample.say("lighthouse, lighthouse");

        assertThat(search(ada, "lighthouse", 10, null).hits())
                .extracting(Hit::id)
                .containsExactly(twice.id(), once.id());
        assertThat(search(ada, "lighthouse", 10, null).hits().get(0))
                .returns(Search.Type.MESSAGE, Hit::type)
                .returns(adasTripPlan, Hit::conversationId)
                .returns(twice.createdAt(), Hit::createdAt);
    }

    @Test
    void escapesTheTextAroundTheMatch() {
        sample.say("where a < b & \"c\", the \u0002needle\u0003 <script>alert('x')</script>");

        assertThat(texts("needle"))
                .singleElement()
                .satisfies(snippet -> assertThat(snippet)
                        .contains("<mark>needle</mark>")
                        .contains("a &lt; b &amp; &quot;c&quot;")
                        .doesNotContain("<script", "\u0002"));
    }

    // Punctuation at the ends of a snippet is shown or not as the database's LC_CTYPE has it, so there is none here.
    @Test
    void findsWordsOfAnyScript() {
        sample.say("Он сказал: ПРИВЕТ");
        sample.say("明日東京へ行きます");
        sample.say("the “café”—don’t ask");
        sample.say("내일 서울에 간다");

        assertThat(texts("привет")).containsExactly("Он сказал: <mark>ПРИВЕТ</mark>");
        assertThat(texts("東京")).containsExactly("明日<mark>東京</mark>へ行きます");
        assertThat(texts("京東")).isEmpty();
        assertThat(texts("서울")).containsExactly("내일 <mark>서울</mark>에 간다");
        assertThat(texts("CAFÉ")).containsExactly("the “<mark>café</mark>”—don’t ask");
        assertThat(texts("“don’t ask”")).hasSize(1);
    }

    @Test
    void findsNoDeletedMessagesNorAnotherUsers() {
        var message = sample.say("secret harbour");
        assertThat(search(grace, "harbour", 10, null).hits()).isEmpty();

        sample.deleteConversation("now()");
        assertThat(texts("harbour")).isEmpty();

        sample.deleteConversation(null);
        assertThat(texts("harbour")).hasSize(1);
        sample.delete(message);
        assertThat(texts("harbour")).isEmpty();
    }

    @Test
    void pagesWithoutGapsOrRepeatsWhileMessagesAreAdded() {
        var said = new ArrayList<UUID>();
        for (int words = 0; words < 7; words++)
            said.add(sample.say("tide " + "and more ".repeat(words / 2)).id());

        var found = new ArrayList<UUID>();
        @Nullable RankCursor cursor = null;
        do {
            var page = HitPage.bestOf(List.of(search(ada, "tide", 2, cursor)), 2);
            page.items().forEach(hit -> found.add(hit.id()));
            cursor = page.nextCursor() == null
                    ? null
                    : RankCursor.parse(page.nextCursor().text()).orElseThrow();
            sample.say("tide tide tide");
        } while (cursor != null);

        assertThat(found).doesNotHaveDuplicates().containsAll(said);
    }

    @Test
    void searchesTheLongestMessage() {
        sample.say("start " + "\ud842\udfb7-\ud842\udfb8 ".repeat(33_000) + "end");
        sample.say("x".repeat(199_000));

        assertThat(texts("start")).hasSize(1);
    }

    @Test
    void refusesAnEmptyQuery() {
        assertThatThrownBy(() -> new Search.Query(ada, " ", 10, null)).isInstanceOf(Problem.class);
    }

    private Results search(Caller caller, String q, int limit, @Nullable RankCursor after) {
        return Answers.of(bus.ask(Search.of(Search.Type.MESSAGE), new Search.Query(caller, q, limit, after)));
    }

    private List<String> texts(String q) {
        return search(ada, q, 10, null).hits().stream().map(Hit::snippet).toList();
    }
}
