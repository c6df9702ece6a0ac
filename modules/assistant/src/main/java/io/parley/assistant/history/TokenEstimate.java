package io.parley.assistant.history;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.MessagePart;
import io.parley.kernel.Json;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the tokens of a text without the tokeniser of a model: one for each character of Chinese, Japanese or Korean, a
 * quarter for any other.
 */
public final class TokenEstimate {
    private static final int CHARACTERS_PER_TOKEN = 4;

    /**
     * An image of 1024 × 1024 pixels is 765 tokens for GPT-4o (https://platform.openai.com/docs/guides/images-vision). Documents are
     * bounded in bytes, where files are read.
     */
    private static final int PER_FILE = 800;

    /** The overhead of a message. */
    private static final int PER_MESSAGE = 4;

    public static int of(Message message) {
        var calls = message.toolCalls();
        var results = message.content() == null ? message.toolResults() : null;
        return PER_MESSAGE + PER_FILE * files(message) + of(message.content()) + of(text(calls)) + of(text(results));
    }

    private static int files(Message message) {
        var parts = message.parts();
        return parts == null
                ? 0
                : (int) parts.stream().filter(MessagePart::namesFile).count();
    }

    private static @Nullable String text(@Nullable Json json) {
        return json == null ? null : json.text();
    }

    /** 0 for null; rounded up. */
    public static int of(@Nullable String text) {
        if (text == null) return 0;
        int ideographs = (int) text.codePoints().filter(TokenEstimate::isCjk).count();
        int others = text.codePointCount(0, text.length()) - ideographs;
        return ideographs + (others + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    /** The longest beginning of the text that has no more than these tokens. */
    public static String beginning(String text, int tokens) {
        long left = (long) tokens * CHARACTERS_PER_TOKEN;
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            left -= isCjk(point) ? CHARACTERS_PER_TOKEN : 1;
            if (left < 0) return text.substring(0, at);
            at += Character.charCount(point);
        }
        return text;
    }

    private static boolean isCjk(int point) {
        return switch (Character.UnicodeScript.of(point)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> true;
            default -> false;
        };
    }

    private TokenEstimate() {}
}
