package io.parley.transfer.sources;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Separates what a model thought from an answer that begins with it. Elsewhere in the text, such tags are ordinary text. */
public record ThinkingText(@Nullable String reasoning, String answer) {
    private record Tags(String open, String close) {}

    // Those of DeepSeek and Qwen, of Open WebUI's older versions, and of LibreChat until it had parts for it.
    private static final List<Tags> TAGS = List.of(
            new Tags("<think>", "</think>"), new Tags("<thinking>", "</thinking>"), new Tags(":::thinking", ":::"));

    public static ThinkingText of(String text) {
        var start = text.stripLeading();
        for (var tags : TAGS) {
            int end = start.startsWith(tags.open) ? start.indexOf(tags.close, tags.open.length()) : -1;
            if (end >= 0)
                return new ThinkingText(
                        start.substring(tags.open.length(), end).strip(),
                        start.substring(end + tags.close.length()).stripLeading());
        }
        return new ThinkingText(null, text);
    }
}
