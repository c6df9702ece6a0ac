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
                "{\"title\":\"\\u0000\"}",
                "{\"title\":\"\\ud800\"}",
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
        assertThat(read("[{\"title\":\"\\u0000\",\"messages\":[{}]},[{}],7,{\"title\":\"next\"}]", 3))
                .containsExactly(
                        "1 invalid /title must not contain a NUL character or an unpaired surrogate",
                        "2 invalid must be a JSON object",
                        "3 invalid must be a JSON object",
                        "4 end {\"title\":\"next\"}");
    }

    @Test
    void reportsThatTheRestOfAnArrayIsUnreadableAfterASyntaxError() {
        assertThat(read("[{\"title\":\"one\"},{\"title\" 2},{}]", 4096))
                .containsExactly(
                        "1 end {\"title\":\"one\"}",
                        "2 invalid is not valid JSON at byte 26; the rest of the array was not read");
    }

    @ParameterizedTest
    @CsvSource({"messages, /messages/0 is too large", "mapping, /mapping is too large"})
    void refusesValuesThatAreTooLarge(String field, String detail) {
        var huge = "{\"" + field + "\":[[" + "\"0123456789abcdef\",".repeat(1_000_000) + "1]]}\n{}";

        assertThat(read(huge, 8192)).containsExactly("1 invalid " + detail, "2 end {}");
    }

    private static List<String> read(String document, int chunkSize) {
        var reader = new DocumentReader();
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
