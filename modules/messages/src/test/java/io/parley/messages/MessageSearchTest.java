package io.parley.messages;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.search.RankCursor;
import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.search.Search.HitPage;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.testing.Answers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which messages a search finds, in which order, and what it shows of them. */
class MessageSearchTest extends SearchedConversation {
    MessageSearchTest(Bus bus) {
        super(bus);
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
    void findsResultsOfToolsOnlyByTheirRole() {
        var call = new Json("[{\"id\":\"c\",\"name\":\"find_harbour\"}]");
        var asked = sample.say("which harbour");
        sample.post(ada, adasTripPlan, draft(Role.ASSISTANT, "the harbour tool", call, null));
        sample.post(ada, adasTripPlan, draft(Role.TOOL, "harbour open", null, new Json("[{\"id\":\"c\"}]")));

        assertThat(roles("harbour", null)).containsExactlyInAnyOrder(Role.USER, Role.ASSISTANT);
        assertThat(roles("harbour", Role.USER)).containsExactly(Role.USER);
        assertThat(roles("harbour", Role.TOOL)).containsExactly(Role.TOOL);
        assertThat(roles("harbour", Role.SYSTEM)).isEmpty();
        assertThat(roles("find_harbour", null)).isEmpty();
        assertThat(asked.role()).isEqualTo(Role.USER);
    }

    @Test
    void filtersByConversationAndTime() {
        var early = sample.say("an early tide");
        var late = sample.say("a late tide");
        sample.run("UPDATE messages SET created_at = '2026-01-01T00:00:00Z' WHERE id = '" + early.id() + "'");
        sample.run("UPDATE messages SET created_at = '2026-01-02T00:00:00Z' WHERE id = '" + late.id() + "'");
        var first = Instant.parse("2026-01-01T00:00:00Z");
        var second = Instant.parse("2026-01-02T00:00:00Z");

        assertThat(ids(new Search.Filter(null, null, first, second))).containsExactly(early.id());
        assertThat(ids(new Search.Filter(null, null, second, null))).containsExactly(late.id());
        assertThat(ids(new Search.Filter(null, null, null, second))).containsExactly(early.id());
        assertThat(ids(new Search.Filter(adasTripPlan, null, null, null))).hasSize(2);
        assertThat(ids(new Search.Filter(Ids.next(), null, null, null))).isEmpty();
    }

    @Test
    void showsTheSurroundingsOfAMatchInALongMessage() {
        sample.say("Ein langer Würfel über Straßen. ".repeat(2_000) + "Der Schlüssel liegt im Café. "
                + "Und noch mehr über Füße. ".repeat(500));

        assertThat(texts("schlussel"))
                .singleElement()
                .satisfies(snippet -> assertThat(snippet)
                        .contains("Der <mark>Schlüssel</mark> liegt im Café.")
                        .hasSizeLessThan(500));
        assertThat(texts("\"liegt im cafe\""))
                .singleElement()
                .asString()
                .contains("<mark>liegt</mark> <mark>im</mark>");
    }

    private List<UUID> ids(Search.Filter filter) {
        var query = new Search.Query(ada, "tide", filter, 10, null);
        return Answers.of(bus.ask(Search.of(Search.Type.MESSAGE), query)).hits().stream()
                .map(Hit::id)
                .toList();
    }

    private List<@Nullable Role> roles(String q, @Nullable Role role) {
        var query = new Search.Query(ada, q, new Search.Filter(null, role, null, null), 10, null);
        var hits = Answers.of(bus.ask(Search.of(Search.Type.MESSAGE), query)).hits();
        var roles = new ArrayList<@Nullable Role>();
        for (var hit : hits) roles.add(hit.role());
        return roles;
    }

    private static MessageDraft draft(Role role, String content, @Nullable Json calls, @Nullable Json results) {
        return new MessageDraft(null, null, role, content, null, null, calls, results, null);
    }
}
