package io.parley.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElementsTest {
    private static final String LINES = """
        {"title":"one","messages":[{"role":"user","content":"é\\n"},{"role":"tool"}],"metadata":{"n":1.10}}

        {"title":"two"}
        {"messages":[]}""";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 4096})
    void readsTheSameHoweverTheBytesAreCut(int size) {
        assertThat(read(LINES, size))
                .containsExactly(
                        "1 message 0 {\"role\":\"user\",\"content\":\"é\\n\"}",
                        "1 message 1 {\"role\":\"tool\"}",
                        "1 end {\"title\":\"one\",\"metadata\":{\"n\":1.10}}",
                        "3 end {\"title\":\"two\"}",
                        "4 end {}");
        assertThat(read(" [" + LINES.strip().replaceAll("\n+", ",") + "]\n", size))
                .containsExactly(
                        "1 message 0 {\"role\":\"user\",\"content\":\"é\\n\"}",
                        "1 message 1 {\"role\":\"tool\"}",
                        "1 end {\"title\":\"one\",\"metadata\":{\"n\":1.10}}",
                        "2 end {\"title\":\"two\"}",
                        "3 end {}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "5",
                "\"text\"",
                "null",
                "[1]",
                "{",
                "{\"title\":\"cut",
                "{\"title\":\"a\",\"title\":\"b\"}",
                "{} {}",
                "{} x",
                "{\"title\":\"\\u0000\"}",
                "{\"title\":\"\\ud800\"}",
                "{\"metadata\":{\"n\":1e400}}",
                "{\"messages\":[{\"role\":\"user\"]}",
                "{\"title\":\"\u00ff\"} trailing"
            })
    void namesTheLineThatIsBrokenAndReadsTheNext(String broken) {
        for (int size : new int[] {1, 5, 4096}) {
            var items = read("{}\n" + broken + "\n{\"title\":\"next\"}\n", size);
            assertThat(items).first().isEqualTo("1 end {}");
            assertThat(items).last().isEqualTo("3 end {\"title\":\"next\"}");
            assertThat(items.subList(1, items.size() - 1))
                    .filteredOn(item -> item.startsWith("2 broken"))
                    .hasSize(1);
        }
    }

    @Test
    void goesOnInAnArrayBehindAnElementThatIsNoConversation() {
        assertThat(read("[{\"title\":\"\\u0000\",\"messages\":[{}]},[{}],7,{\"title\":\"next\"}]", 3))
                .containsExactly(
                        "1 broken /title must not have a NUL character or half of a surrogate pair",
                        "2 broken must be a JSON object",
                        "3 broken must be a JSON object",
                        "4 end {\"title\":\"next\"}");
    }

    @Test
    void saysThatNothingFollowsInABrokenArray() {
        assertThat(read("[{\"title\":\"one\"},{\"title\" 2},{}]", 4096))
                .containsExactly(
                        "1 end {\"title\":\"one\"}",
                        "2 broken is not valid JSON at byte 26; what follows was not read");
    }

    @ParameterizedTest
    @CsvSource({"messages, /messages/0 is too large", "mapping, /mapping is too large"})
    void refusesWhatIsTooLargeToBeKept(String member, String detail) {
        var huge = "{\"" + member + "\":[[" + "\"0123456789abcdef\",".repeat(1_000_000) + "1]]}\n{}";

        assertThat(read(huge, 8192)).containsExactly("1 broken " + detail, "2 end {}");
    }

    private static List<String> read(String document, int size) {
        var elements = new Elements();
        var items = new ArrayList<String>();
        var bytes = Buffer.buffer(document.getBytes(UTF_8));
        for (int at = 0; at < bytes.length(); at += size) {
            elements.feed(bytes.getBuffer(at, Math.min(bytes.length(), at + size)));
            drain(elements, items);
        }
        elements.end();
        drain(elements, items);
        return items;
    }

    private static void drain(Elements elements, List<String> items) {
        for (var item = elements.next(); item != null; item = elements.next()) items.add(text(item));
    }

    private static String text(Item item) {
        if (item instanceof Item.Message message)
            return item.line() + " message " + message.at() + " " + message.json();
        if (item instanceof Item.End end) return item.line() + " end " + end.head();
        return item.line() + " broken " + ((Item.Broken) item).detail();
    }
}
