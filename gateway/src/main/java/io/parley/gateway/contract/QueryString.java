package io.parley.gateway.contract;

import io.parley.json.Pointers;
import io.parley.kernel.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Splits a query into names and values: percent-encoded UTF-8, with a plus sign for a space. */
public final class QueryString {
    public record Pair(String name, String value) {}

    /** Fails invalid if an escape is broken or is not UTF-8; most libraries replace these silently. */
    public static List<Pair> parse(String query) {
        List<Pair> pairs = new ArrayList<>();
        for (var pair : query.split("&", -1)) {
            if (pair.isEmpty()) continue;
            int equals = pair.indexOf('=');
            var name = decode("", equals < 0 ? pair : pair.substring(0, equals));
            pairs.add(new Pair(name, equals < 0 ? "" : decode(Pointers.name(name), pair.substring(equals + 1))));
        }
        return pairs;
    }

    private static String decode(String pointer, String text) {
        if (text.indexOf('%') < 0) return text.replace('+', ' ');
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.write(escaped(pointer, text, i));
                i += 2;
            } else bytes.write(c == '+' ? ' ' : c);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw Problem.invalid(pointer, "is not valid UTF-8");
        }
    }

    private static int escaped(String pointer, String text, int percent) {
        if (percent + 2 < text.length()) {
            int high = Character.digit(text.charAt(percent + 1), 16);
            int low = Character.digit(text.charAt(percent + 2), 16);
            if (high >= 0 && low >= 0) return high << 4 | low;
        }
        throw Problem.invalid(pointer, "has an invalid percent-encoding");
    }

    private QueryString() {}
}
