package io.parley.messages;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.search.RankCursor;
import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.search.Search.HitPage;
import io.parley.contracts.search.Search.Results;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.SearchLimits;
import io.parley.storage.search.RankedSearch;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        sample.say(IntStream.range(0x20000, 0x20000 + 90_000)
                .mapToObj(Character::toString)
                .collect(Collectors.joining("", "start", "")));
        sample.say("x".repeat(199_000));

        assertThat(texts("start")).hasSize(2);
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

    @Test
    void findsWhatStandsInTheLastOfTheSearchedCharacters() {
        sample.say("word ".repeat(15_999) + "last beyond");

        assertThat(texts("last")).hasSize(1);
        assertThat(texts("beyond")).isEmpty();
    }

    @Test
    void ranksTheNewestMatchesOfAFrequentWord() {
        insertNewer(50, "an old owl");
        insertNewer(Search.WINDOW, "an owl");

        for (var q : List.of("owl", "ow", "\"an owl\" or owl")) {
            var found = new ArrayList<Hit>();
            @Nullable RankCursor cursor = null;
            do {
                var page = HitPage.bestOf(List.of(search(ada, q, 90, cursor)), 90);
                found.addAll(page.items());
                cursor = page.nextCursor();
            } while (cursor != null);
            assertThat(found).hasSize(Search.WINDOW).doesNotHaveDuplicates();
            assertThat(found).allMatch(hit -> !hit.snippet().contains("old"));
        }
    }

    @Test
    void findsARareShortWordBehindManyNewerMessages() {
        sample.say("an owl");
        insertNewer(2_100, "hay");

        assertThat(texts("owl")).containsExactly("an <mark>owl</mark>");
        assertThat(texts("ow")).hasSize(1);
        assertThat(search(ada, "hay", 10, null).hits()).hasSize(10);
        assertThat(search(ada, "-owl", 10, null).hits()).hasSize(10);
    }

    private static void insertNewer(int number, String content) {
        sample.run("""
            INSERT INTO messages (id, user_id, conversation_id, role, content, created_at, updated_at)
            SELECT gen_random_uuid(), '%s', '%s', 'user', '%s', clock_timestamp(), now() FROM generate_series(1, %d)
            """.formatted(ada.userId(), adasTripPlan, content, number));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 501, 2040, 2043, 2046, 2047, 10_000})
    void storesAndSearchesWordsOfAnyLength(int length) {
        sample.say("before " + "ქ".repeat(length / 3) + " " + "x".repeat(length) + " after");

        assertThat(texts("before after")).hasSize(1);
        assertThat(texts("x".repeat(Math.min(length, Search.MAX_QUERY)))).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void refusesAnEmptyQuery() {
        assertThatThrownBy(() -> new Search.Query(ada, " ", 10, null)).isInstanceOf(Problem.class);
    }

    @Test
    void refusesAQueryOfTooManyWords() {
        sample.say("one of sixteen words");
        assertThat(texts("words or " + "w or ".repeat(14) + "one")).hasSize(1);

        assertThatThrownBy(() -> texts("words or " + "w or ".repeat(15) + "one"))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.faults()).singleElement().returns("q", Problem.Fault::pointer));
    }

    @Test
    void endsASearchThatTakesTooLong(Database database) {
        sample.say("one word");
        var limits = new SearchLimits(16, Duration.ofMillis(50));
        var slow = new RankedSearch(database.limitingSearches(limits), """
                SELECT m.id, m.created_at, m.search, m.content AS text, m.role
                  FROM messages m CROSS JOIN pg_sleep(4) AS slow
                 WHERE m.user_id = #{user_id} AND #{conversation_id}::uuid IS NULL AND #{role}::text IS NULL
                   AND #{from}::timestamptz IS NULL AND #{to}::timestamptz IS NULL
                """, "role", (row, snippet) -> {
            throw new AssertionError("it has ended");
        });

        assertThatThrownBy(() -> Answers.of(slow.best(new Search.Query(ada, "word", 10, null))))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.OVERLOADED));
    }

    private Results search(Caller caller, String q, int limit, @Nullable RankCursor after) {
        return Answers.of(bus.ask(Search.of(Search.Type.MESSAGE), new Search.Query(caller, q, limit, after)));
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

    private List<String> texts(String q) {
        return search(ada, q, 10, null).hits().stream().map(Hit::snippet).toList();
    }
}
