package io.parley.assistant.models.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {
    private static final String STREAM =
            "data: {\"a\":1}\n\n: a comment\n\ndata:naïve 😀\nevent: x\nid: 7\n\n\n\ndata: two\ndata: lines\n\n";

    private final List<String> events = new ArrayList<>();
    private final SseReader reader = new SseReader(events::add);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 1000})
    void readsEventsThatAreSplitAnywhere(int size) {
        read(STREAM, size);
        assertThat(events).containsExactly("{\"a\":1}", "naïve 😀", "two\nlines");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 1000})
    void readsLinesThatEndInCrLf(int size) {
        read(STREAM.replace("\n", "\r\n"), size);
        assertThat(events).containsExactly("{\"a\":1}", "naïve 😀", "two\nlines");
    }

    @Test
    void doesNotPassOnAnUnfinishedEvent() {
        read("data: half", 4);
        assertThat(events).isEmpty();
    }

    @Test
    void removesOneLeadingSpace() {
        read("data:  indented\n\ndata:\n\n", 1000);
        assertThat(events).containsExactly(" indented", "");
    }

    @Test
    void readsAnEventOfTheMaximumSize() {
        var arguments = "x".repeat(SseReader.MAX_EVENT - 10);
        read("data: " + arguments + "\n\n", 8192);
        assertThat(events).containsExactly(arguments);
    }

    @Test
    void refusesAnEndlessLine() {
        assertThatIllegalStateException().isThrownBy(() -> read("data: " + "x".repeat(SseReader.MAX_EVENT), 8192));
    }

    @Test
    void refusesAnEndlessEvent() {
        var line = "data: " + "x".repeat(1000) + "\n";
        assertThatIllegalStateException().isThrownBy(() -> read(line.repeat(SseReader.MAX_EVENT / 1000), 8192));
    }

    private void read(String stream, int size) {
        var bytes = Buffer.buffer(stream);
        for (int from = 0; from < bytes.length(); from += size)
            reader.handle(bytes.getBuffer(from, Math.min(from + size, bytes.length())));
    }
}
