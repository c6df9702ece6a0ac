package io.parley.transfer.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Problem;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReaderTest {
    private static final String LINES = """
        {"title":"one","messages":[{"role":"user","content":"é\\n"},{"role":"tool"}],"metadata":{"n":1.10}}

        {"title":"two"}
        {"messages":[]}""";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 4096})
    void readsTheSamePartsWhateverTheChunkSize(int chunkSize) {
        assertThat(read(LINES, chunkSize))
                .containsExactly(
                        "1 message 0 {\"role\":\"user\",\"content\":\"é\\n\"}",
                        "1 message 1 {\"role\":\"tool\"}",
                        "1 end {\"title\":\"one\",\"metadata\":{\"n\":1.10}}",
                        "3 end {\"title\":\"two\"}",
                        "4 end {}");
        assertThat(read(" [" + LINES.strip().replaceAll("\n+", ",") + "]\n", chunkSize))
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
                "{\"metadata\":{\"n\":1e400}}",
                "{\"messages\":[{\"role\":\"user\"]}",
                "{\"title\":\"\u00ff\"} trailing"
            })
    void reportsAnInvalidLineAndReadsTheNextOne(String line) {
        for (int chunkSize : new int[] {1, 5, 4096}) {
            var parts = read("{}\n" + line + "\n{\"title\":\"next\"}\n", chunkSize);
            assertThat(parts).first().isEqualTo("1 end {}");
            assertThat(parts).last().isEqualTo("3 end {\"title\":\"next\"}");
            assertThat(parts.subList(1, parts.size() - 1))
                    .filteredOn(part -> part.startsWith("2 invalid"))
                    .hasSize(1);
        }
    }

    @Test
    void continuesAfterAnInvalidElementOfAnArray() {
        assertThat(read("[{\"title\":1e400,\"messages\":[{}]},[{}],7,{\"title\":\"next\"}]", 3))
                .containsExactly(
                        "1 invalid /title must be a number within the range of a 64-bit float",
                        "2 invalid must be a JSON object",
                        "3 invalid must be a JSON object",
                        "4 end {\"title\":\"next\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 4096})
    void readsOneObjectInAnyLayout(int chunkSize) {
        var pretty = """
            {
              "title" : "one",
              "messages" : [
                {
                  "role" : "user"
                },
                {"role":"tool"}
              ],
              "metadata" : {
                "n" : 1
              }
            }
            """;

        assertThat(read("\n" + pretty + pretty, chunkSize))
                .containsExactly(
                        "2 message 0 {\"role\":\"user\"}",
                        "2 message 1 {\"role\":\"tool\"}",
                        "2 end {\"title\":\"one\",\"metadata\":{\"n\":1}}",
                        "14 message 0 {\"role\":\"user\"}",
                        "14 message 1 {\"role\":\"tool\"}",
                        "14 end {\"title\":\"one\",\"metadata\":{\"n\":1}}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4096})
    void doesNotTakeALineThatIsCutOffForTheBeginningOfALongerObject(int chunkSize) {
        assertThat(read("{\"title\":\"one\",\"metadata\":{\"n\":1\n  {\"title\":\"two\"}\n", chunkSize))
                .containsExactly("1 invalid is not valid JSON: it ends too early", "2 end {\"title\":\"two\"}");
    }

    @Test
    void readsNothingAfterASyntaxErrorInAnObjectOnSeveralLines() {
        assertThat(read("{\n\"title\":\"one\"\n\"n\":1\n}\n{\"title\":\"two\"}\n", 4096))
                .singleElement()
                .asString()
                .startsWith("1 invalid is not valid JSON at byte ")
                .endsWith("the rest of the document was not read");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 4096})
    void readsAnArrayInAnObject(int chunkSize) {
        for (var name : List.of("conversations", "data"))
            assertThat(read(
                            "{\"object\":\"list\",\n\"" + name
                                    + "\":[{\"id\":1,\"messages\":[{\"role\":\"user\"}]},7,\n"
                                    + "{\"mapping\":{}}],\"more\":{\"data\":[{}]}}",
                            chunkSize))
                    .containsExactly(
                            "1 message 0 {\"role\":\"user\"}",
                            "1 end {\"id\":1}",
                            "2 invalid must be a JSON object",
                            "3 end {\"mapping\":{}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1,\"conversations\":[{\"from\":\"human\"},{\"from\":\"gpt\"}],\"n\":2}",
                "{\"conversations\":[],\"n\":2}",
                "{\"data\":[1,{\"a\":[2]}],\"n\":2}",
                "{\"data\":[{\"a\":[2]},{\"b\":{}}],\"conversations\":[{\"mapping\":1}]}"
            })
    void keepsAnArrayOfOtherThingsAsAField(String line) {
        for (int chunkSize : new int[] {1, 5, 4096})
            assertThat(read(line + "\n" + line, chunkSize)).containsExactly("1 end " + line, "2 end " + line);
    }

    @Test
    void replacesWhatCannotBeStored() {
        assertThat(read("{\"a\\u0000\":\"\\ud800x\",\"n\":[\"\\udc00\",{\"b\":\"\\ud83d\\ude00\\u0000\"}]}", 4096))
                .containsExactly("1 end {\"a\uFFFD\":\"\uFFFDx\",\"n\":[\"\uFFFD\",{\"b\":\"\uD83D\uDE00\uFFFD\"}]}");
    }

    @Test
    void readsConversationsThatAreNestedAsDeeplyAsTheyAreLong() {
        var reader = new DocumentReader(head -> false);
        reader.feed(
                Buffer.buffer("{\"messagesTree\":" + "[{\"children\":".repeat(1400) + "[]" + "}]".repeat(1400) + "}"));
        assertThat(reader.next()).isNull();
        reader.end();

        var message = ((DocumentPart.End) reader.next()).head().path("messagesTree");
        int length = 0;
        for (; !message.isEmpty(); message = message.path(0).path("children")) length++;
        assertThat(length).isEqualTo(1400);
    }

    @Test
    void reportsThatTheRestOfAnArrayIsUnreadableAfterASyntaxError() {
        assertThat(read("[{\"title\":\"one\"},{\"title\" 2},{}]", 4096))
                .containsExactly(
                        "1 end {\"title\":\"one\"}",
                        "2 invalid is not valid JSON at byte 26; the rest of the array was not read");
    }

    @ParameterizedTest
    @CsvSource({"messages, /messages/0 is too large", "mapping, /mapping is too large", "data, /data is too large"})
    void refusesValuesThatAreTooLarge(String field, String detail) {
        var huge = "{\"" + field + "\":[[" + "\"0123456789abcdef\",".repeat(1_000_000) + "1]]}\n{}";

        assertThat(read(huge, 8192)).containsExactly("1 invalid " + detail, "2 end {}");
    }

    private static List<String> read(String document, int chunkSize) {
        var reader = new DocumentReader(head -> head.has("mapping"));
        var parts = new ArrayList<String>();
        var bytes = Buffer.buffer(document.getBytes(UTF_8));
        for (int start = 0; start < bytes.length(); start += chunkSize) {
            reader.feed(bytes.getBuffer(start, Math.min(bytes.length(), start + chunkSize)));
            readAvailable(reader, parts);
        }
        reader.end();
        readAvailable(reader, parts);
        return parts;
    }

    private static void readAvailable(DocumentReader reader, List<String> parts) {
        for (var part = reader.next(); part != null; part = reader.next()) parts.add(text(part));
    }

    private static String text(DocumentPart part) {
        if (part instanceof DocumentPart.Message message)
            return part.line() + " message " + message.index() + " " + message.json();
        if (part instanceof DocumentPart.End end) return part.line() + " end " + end.head();
        return part.line() + " invalid " + text(((DocumentPart.Invalid) part).problem());
    }

    private static String text(Problem problem) {
        var fault = problem.faults().get(0);
        return (fault.pointer() + " " + fault.detail()).strip();
    }
}
