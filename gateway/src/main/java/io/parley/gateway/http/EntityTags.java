package io.parley.gateway.http;

import io.parley.json.Times;
import io.parley.kernel.Micros;
import io.parley.kernel.Problem;
import io.parley.kernel.Resource;
import io.parley.kernel.Versions;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Versions of resources as strong entity tags (RFC 9110, 8.8.3): the microsecond of the last change, in base 36. */
public final class EntityTags {
    private static final String IF_MATCH = "If-Match";
    private static final String IF_NONE_MATCH = "If-None-Match";
    private static final int MAX_LENGTH = 1024;
    private static final int RADIX = 36;
    private static final String VARIANT = "~";
    private static final String TAG = "(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"";
    private static final Pattern LIST = Pattern.compile("\\*|" + TAG + "([ \\t]*,[ \\t]*" + TAG + ")*");
    // Not by the commas between them: a tag may have one itself.
    private static final Pattern EACH = Pattern.compile(TAG);

    public static String of(Resource resource) {
        var variant = resource.variant();
        return '"'
                + Long.toString(Micros.of(resource.updatedAt()), RADIX)
                + (variant.isEmpty() ? "" : VARIANT + variant)
                + '"';
    }

    /** The versions in {@code If-Match}. A weak tag, and one that Parley did not make, never match (RFC 9110, 13.1.1). */
    public static Versions ifMatch(MultiMap headers) {
        return value(headers, IF_MATCH).map(text -> versions(IF_MATCH, text)).orElse(Versions.ANY);
    }

    /**
     * The versions in text of the same form.
     *
     * @param pointer to the text, for its problem
     */
    public static Versions versions(String pointer, String text) {
        if (text.equals("*")) return Versions.ANY;
        if (!LIST.matcher(text).matches())
            throw Problem.invalid(pointer, "must be a list of entity tags in quotes, or *");
        return Versions.of(each(text).flatMap(EntityTags::version).toArray(Instant[]::new));
    }

    /** Whether {@code If-None-Match} has this tag, also as a weak one (RFC 9110, 13.1.2). */
    public static boolean isKnown(MultiMap headers, String tag) {
        var header = value(headers, IF_NONE_MATCH);
        return header.isPresent()
                && (header.get().equals("*") || each(header.get()).anyMatch(known -> known.endsWith(tag)));
    }

    private static Stream<String> each(String list) {
        return EACH.matcher(list).results().map(MatchResult::group);
    }

    private static Optional<String> value(MultiMap headers, String name) {
        if (!headers.contains(name)) return Optional.empty();
        var value = String.join(",", headers.getAll(name)).strip();
        if (value.length() > MAX_LENGTH)
            throw Problem.invalid(name, "must be at most " + MAX_LENGTH + " characters long");
        return Optional.of(value);
    }

    // What else the tag says is no matter of the version.
    private static Stream<Instant> version(String tag) {
        var text = tag.substring(1, tag.length() - 1).split(VARIANT, 2)[0];
        try {
            long micros = Long.parseLong(text, RADIX);
            var version = Micros.toInstant(micros);
            return text.equals(Long.toString(micros, RADIX)) && tag.startsWith("\"") && Times.isStorable(version)
                    ? Stream.of(version)
                    : Stream.empty();
        } catch (NumberFormatException foreignTag) {
            return Stream.empty();
        }
    }

    private EntityTags() {}
}
