package io.parley.assistant.models.openai.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parley.assistant.models.ModelFailure;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of server-sent events, with the lines below it. */
class SseReaderTest {
    private static final int MAX_LINE = 1024;
    private static final String STREAM =
            "data: {\"a\":1}\n\n: a comment\n\ndata:naïve 😀\nevent: x\nid: 7\n\n\n\ndata: two\ndata: lines\n\n";

    private final List<StreamEvent> events = new ArrayList<>();
    private final SseReader reader = new SseReader(events::add);
    private final LineSplitter lines = new LineSplitter(MAX_LINE, reader::line);

    @ParameterizedTest
    @CsvSource({"1,\\n", "2,\\n", "3,\\n", "1000,\\n", "1,\\r\\n", "2,\\r\\n", "3,\\r\\n", "1000,\\r\\n"})
    void readsEventsThatAreSplitAnywhere(int size, String lineEnd) {
        read(STREAM.replace("\n", lineEnd.translateEscapes()), size);
        assertThat(events).containsExactly(event("{\"a\":1}"), new StreamEvent("x", "naïve 😀"), event("two\nlines"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1000})
    void readsLinesThatEndInCr(int size) {
        read(STREAM.replace('\n', '\r'), size);
        assertThat(events).containsExactly(event("{\"a\":1}"), new StreamEvent("x", "naïve 😀"), event("two\nlines"));
    }

    @Test
    void readsMixedLineEnds() {
        read("data: a\r\n\rdata: b\n\r\ndata: c\r\r", 1);
        assertThat(events).containsExactly(event("a"), event("b"), event("c"));
    }

    @Test
    void removesAByteOrderMark() {
        read("\uFEFFdata: a\n\n\uFEFFdata: b\n\n", 1);
        assertThat(events).containsExactly(event("a"));
    }

    @Test
    void dropsAnUnfinishedEvent() {
        read("data: half", 4);
        reader.end(lines.unfinished());
        assertThat(events).isEmpty();
    }

    @Test
    void takesAWholeEventWithoutAnEmptyLine() {
        read("data: {\"a\":1}", 4);
        reader.end(lines.unfinished());
        assertThat(events).containsExactly(event("{\"a\":1}"));
    }

    @Test
    void removesOneLeadingSpace() {
        read("data:  indented\n\ndata:\n\ndata\n\n", 1000);
        assertThat(events).containsExactly(event(" indented"), event(""), event(""));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void readsADocument(int size) {
        var document = "{\n  \"a\": \"}\\\"{\",\n  \"b\": [1]\n}";
        read(document + "\ndata: [DONE]\n\n", size);
        assertThat(events).containsExactly(event(document), event("[DONE]"));
    }

    @Test
    void readsADocumentWithoutALineEnd() {
        read("{\"a\":1}", 3);
        reader.end(lines.unfinished());
        assertThat(events).containsExactly(event("{\"a\":1}"));
    }

    @Test
    void readsLinesOfJson() {
        read("{\"a\":1}\n{\"a\":2}\n", 1000);
        assertThat(events).containsExactly(event("{\"a\":1}"), event("{\"a\":2}"));
    }

    @Test
    void reportsAnErrorField() {
        read("error: {\"code\":500}\n\n", 1000);
        assertThat(events).containsExactly(new StreamEvent("error", "{\"code\":500}"));
    }

    @Test
    void refusesAnEndlessLine() {
        assertThatExceptionOfType(ModelFailure.class)
                .isThrownBy(() -> read("data: " + "x".repeat(MAX_LINE), 100))
                .returns(ModelFailure.Kind.TOO_LARGE, ModelFailure::kind);
    }

    private static StreamEvent event(String data) {
        return StreamEvent.unnamed(data);
    }

    private void read(String stream, int size) {
        var bytes = Buffer.buffer(stream);
        for (int from = 0; from < bytes.length(); from += size)
            lines.read(bytes.getBuffer(from, Math.min(from + size, bytes.length())));
    }
}
