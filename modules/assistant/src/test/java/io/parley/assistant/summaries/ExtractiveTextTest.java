package io.parley.assistant.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.history.TokenEstimate;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.Siblings;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtractiveTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello. How are you?               | Hello.",
                "Is it 3.5 km? Yes.                | Is it 3.5 km?",
                "no full stop                      | no full stop",
                "'first line\nsecond line'          | first line",
                "'\n\n  Begins late! Really.'       | Begins late!",
                "好的。我明天去。                      | 好的。"
            })
    void takesTheFirstSentence(String content, String sentence) {
        assertThat(ExtractiveText.firstSentence(content.replace("\\n", "\n"))).isEqualTo(sentence);
    }

    @Test
    void cutsLongSentencesBetweenCharacters() {
        assertThat(ExtractiveText.firstSentence("x".repeat(200))).isEqualTo("x".repeat(200));
        var cut = ExtractiveText.firstSentence("\uD83C\uDFD6".repeat(300));
        assertThat(cut.codePointCount(0, cut.length())).isEqualTo(200);
        assertThat(cut).startsWith("\uD83C\uDFD6").endsWith("\uD83C\uDFD6…");
    }

    @Test
    void dropsTheOldestMessagesAndThoseThatSayNothing() {
        var text = new ExtractiveText(50);
        for (int n = 99; n >= 0; n--)
            text.addBefore(message(n % 2 == 0 ? Role.USER : Role.ASSISTANT, "Number " + n + "."));
        text.addBefore(message(Role.USER, "Oldest."));

        assertThat(text.text("").lines()).last().isEqualTo("Assistant: Number 99.");
        assertThat(text.text("")).doesNotContain("Oldest");
        assertThat(TokenEstimate.of(text.text(""))).isBetween(30, 50);
        var continued = text.text("What was before.".repeat(100));
        assertThat(continued).startsWith("What was before.").endsWith("Assistant: Number 99.");
        assertThat(TokenEstimate.of(continued)).isBetween(30, 50);

        var others = new ExtractiveText(50);
        for (var role : new Role[] {Role.TOOL, Role.SYSTEM}) others.addBefore(message(role, "Not said."));
        others.addBefore(message(Role.ASSISTANT, null));
        assertThat(others.text("")).isEmpty();
    }

    private static Message message(Role role, @Nullable String content) {
        return new Message(
                Ids.next(),
                Ids.next(),
                Ids.next(),
                null,
                role,
                content,
                null,
                null,
                null,
                null,
                null,
                null,
                Json.EMPTY_OBJECT,
                Siblings.ALONE,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                null);
    }
}
