package io.parley.assistant.completions;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Counts the tokens of an answer that is passed on unread: as the provider reports them at its end, else one for each event of a
 * stream.
 */
final class PassedUsage {
    private static final int TAIL = 8 * 1024;
    private static final Pattern REPORTED = Pattern.compile("\"(prompt|completion)_tokens\"\\s*:\\s*([0-9]{1,9})");

    private final StringBuilder tail = new StringBuilder();
    private int events;

    void read(Buffer bytes) {
        var text = bytes.toString(StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf("data:"); at >= 0; at = text.indexOf("data:", at + 1)) events++;
        tail.append(text);
        if (tail.length() > TAIL) tail.delete(0, tail.length() - TAIL);
    }

    int tokens() {
        var matcher = REPORTED.matcher(tail);
        int prompt = 0;
        int completion = 0;
        while (matcher.find()) {
            int count = Integer.parseInt(matcher.group(2));
            if (matcher.group(1).equals("prompt")) prompt = count;
            else completion = count;
        }
        return prompt + completion == 0 ? events : (int) Math.min(Integer.MAX_VALUE, (long) prompt + completion);
    }
}
