package io.parley.messages;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.contracts.search.RankCursor;
import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.search.Search.HitPage;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.SearchLimits;
import io.parley.storage.search.RankedSearch;
import io.parley.testing.Answers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long messages, long and frequent words, and queries that ask too much. */
class MessageSearchLimitsTest extends SearchedConversation {
    MessageSearchLimitsTest(Bus bus) {
        super(bus);
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
}
