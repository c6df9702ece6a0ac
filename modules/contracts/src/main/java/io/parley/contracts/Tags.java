package io.parley.contracts;

import static java.text.Normalizer.Form.NFC;

import io.parley.kernel.Problem;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Words that their owner sorts things by. Two tags that differ in upper and lower case only are the same tag. */
public final class Tags {
    public static final int MAX_TAGS = 20;

    /** Characters (Unicode code points) of one tag. */
    public static final int MAX_LENGTH = 50;

    /**
     * The tags as they are stored: in NFC, without white space around them, each once. Fails invalid, pointing at the tag.
     *
     * @param pointer to the list, or the name of a parameter that is repeated for each tag
     */
    public static List<String> stored(String pointer, @Nullable List<String> tags) {
        if (tags == null) return List.of();
        if (tags.size() > MAX_TAGS) throw Problem.invalid(pointer, "must have at most " + MAX_TAGS + " items");
        var stored = new ArrayList<String>();
        var keys = new HashSet<String>();
        for (int at = 0; at < tags.size(); at++) {
            var tag = stored(pointer.startsWith("/") ? pointer + "/" + at : pointer, tags.get(at));
            if (keys.add(key(tag))) stored.add(tag);
        }
        return List.copyOf(stored);
    }

    private static String stored(String pointer, @Nullable String tag) {
        var stored = tag == null ? "" : Normalizer.normalize(tag, NFC).strip();
        if (stored.isEmpty()) throw Problem.invalid(pointer, "must not be blank");
        Limits.checkText(pointer, stored, MAX_LENGTH);
        return stored;
    }

    /** What two tags that are the same have in common. */
    public static List<String> keys(List<String> tags) {
        return tags.stream().map(Tags::key).distinct().toList();
    }

    // In upper case first, because some letters have one form there and two in lower case.
    private static String key(String tag) {
        var folded = tag.strip().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, NFC);
    }

    private Tags() {}
}
