package io.parley.assistant.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ModelReply;
import io.parley.json.StrictJson;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of what was typed is dropped, whatever it is. The seeds make a failure repeatable. */
class GeneratedPhrasesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final int PHRASES = 2_000;

    private static final List<String> BEGINNINGS = List.of(
            "add",
            "add task",
            "remind me to",
            "I need to",
            "don't forget to",
            "remember to",
            "todo:",
            "new task:",
            "please add");

    private static final List<String> WORDS = List.of(
            "buy",
            "milk",
            "call",
            "May",
            "march",
            "2",
            "12",
            "tickets",
            "friday",
            "monday",
            "report",
            "second",
            "sun",
            "Ann's",
            "e-mail",
            "a",
            "week",
            "month",
            "day",
            "noon",
            "morning",
            "high",
            "low",
            "priority",
            "list",
            "my",
            "order",
            "#42",
            "3.10",
            "24/7",
            "(urgent)",
            "Zoë",
            "next",
            "this",
            "every",
            "in",
            "done",
            "task",
            "at",
            "by",
            "the",
            "15th");

    /** Do not begin or end a date or a priority. */
    private static final List<String> LAST_WORDS =
            List.of("milk", "tickets", "report", "Ann's", "e-mail", "#42", "(urgent)", "Zoë", "garage", "v3.10", "42b");

    private static final Map<String, String> DATES = Map.ofEntries(
            Map.entry("tomorrow at 5pm", "2026-11-26T17:00:00+01:00"),
            Map.entry("due next friday", "2026-12-04T23:59:00+01:00"),
            Map.entry("today", "2026-11-25T23:59:00+01:00"),
            Map.entry("in 3 days", "2026-11-28T23:59:00+01:00"),
            Map.entry("by 2027-03-01", "2027-03-01T23:59:00+01:00"),
            Map.entry("on friday at 14:30", "2026-11-27T14:30:00+01:00"),
            Map.entry("at 5", "2026-11-25T17:00:00+01:00"),
            Map.entry("due march 3", "2027-03-03T23:59:00+01:00"),
            Map.entry("before the 15th", "2026-12-15T23:59:00+01:00"),
            Map.entry("until 24 december", "2026-12-24T23:59:00+01:00"),
            Map.entry("tonight", "2026-11-25T20:00:00+01:00"),
            Map.entry("in two weeks", "2026-12-09T23:59:00+01:00"));

    private static final Map<String, String> PRIORITIES =
            Map.of("high priority", "high", "!low", "low", "priority medium", "medium", "with high priority", "high");

    private final CommandParser parser = new CommandParser(
            Clock.fixed(ZonedDateTime.of(2026, 11, 25, 10, 0, 0, 0, BERLIN).toInstant(), BERLIN));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void keepsEachWordOfTheTitleBeforeADateAndAPriority(long seed) {
        var random = new Random(seed);
        int kept = 0;
        for (int count = 0; count < PHRASES; count++) {
            var title = title(random);
            var date = one(List.copyOf(DATES.keySet()), random);
            var priority = one(List.copyOf(PRIORITIES.keySet()), random);
            var details = new ArrayList<>(List.of(date, priority));
            Collections.shuffle(details, random);
            var said = one(BEGINNINGS, random) + ' ' + title + ' ' + String.join(" ", details);

            boolean isKept = isKept(
                    said,
                    title,
                    "{\"title\":\"" + title + "\",\"due_date\":\"" + DATES.get(date) + "\",\"priority\":\""
                            + PRIORITIES.get(priority) + "\"}");
            if (isKept) kept++;
        }
        assertThat(kept).isGreaterThan(PHRASES * 2 / 3);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void keepsATitleWithoutDateAsItIs(long seed) {
        var random = new Random(seed);
        int kept = 0;
        for (int count = 0; count < PHRASES; count++) {
            var title = title(random);
            if (isKept("add " + title, title, "{\"title\":\"" + title + "\"}")) kept++;
        }
        assertThat(kept).isGreaterThan(PHRASES * 2 / 3);
    }

    /** Whatever is taken from the end of the title shows in the answer as a date or a priority. */
    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9})
    void takesOnlyDatesAndPrioritiesFromAnySentence(long seed) {
        var random = new Random(seed);
        var words = new ArrayList<>(WORDS);
        words.addAll(LAST_WORDS);
        words.addAll(List.of("tomorrow", "due", "5pm", "today", "tonight", "!high", "hours", "wednesday"));
        for (int count = 0; count < PHRASES; count++) {
            var title = new ArrayList<String>();
            for (int length = 1 + random.nextInt(8); length > 0; length--) title.add(one(words, random));
            var said = String.join(" ", title);
            var reply = reply("add pay " + said);
            if (reply.toolCalls().isEmpty()) assertThat(reply.text()).as(said).contains("?");
            else check("pay " + said, json(reply.toolCalls().get(0).arguments()));
        }
    }

    private static void check(String said, JsonNode added) {
        var title = added.get("title").asText();
        var unmarked = said.replaceAll(" !high\\b", "");
        assertThat(unmarked).as(said).startsWith(title);
        if (added.size() == 1)
            assertThat(title).as(said).isEqualTo(unmarked.replaceAll(" (?:to|on|onto) my list$", ""));
    }

    private static String title(Random random) {
        var words = new ArrayList<String>();
        for (int length = random.nextInt(6); length > 0; length--) words.add(one(WORDS, random));
        words.add(0, "pay");
        words.add(one(LAST_WORDS, random));
        return String.join(" ", words);
    }

    /** Or asked back about a part of the title that looks like a time. */
    private boolean isKept(String said, String title, String arguments) {
        var reply = reply(said);
        if (reply.toolCalls().isEmpty()) {
            assertThat(reply.text()).as(said).startsWith("Is \"").contains("?");
            assertThat(title).as(said).contains(reply.text().split("\"", 3)[1]);
            return false;
        }
        assertThat(json(reply.toolCalls().get(0).arguments())).as(said).hasToString(arguments);
        return true;
    }

    private ModelReply reply(String said) {
        return parser.parse(said, BERLIN).begin(ListedTasks.NONE);
    }

    private static JsonNode json(String text) {
        return StrictJson.parse(Buffer.buffer(text));
    }

    private static <T> T one(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
