package io.parley.gateway.http;

import io.parley.json.Times;
import io.parley.kernel.Micros;
import io.parley.kernel.Problem;
import io.parley.kernel.Resource;
import io.parley.kernel.Versions;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Versions of resources as strong entity tags (RFC 9110, 8.8.3): the microsecond of the last change, in base 36. */
public final class EntityTags {
    private static final String IF_MATCH = "If-Match";
    private static final String IF_NONE_MATCH = "If-None-Match";
    private static final int MAX_LENGTH = 1024;
    private static final int RADIX = 36;
    private static final String TAG = "(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"";
    private static final Pattern LIST = Pattern.compile("\\*|" + TAG + "([ \\t]*,[ \\t]*" + TAG + ")*");
    private static final Pattern SEPARATOR = Pattern.compile("[ \\t]*,[ \\t]*(?=(?:W/)?\")");

    public static String of(Resource resource) {
        return '"' + Long.toString(Micros.of(resource.updatedAt()), RADIX) + '"';
    }

    /** The versions in {@code If-Match}. A weak tag, and one that Parley did not make, never match (RFC 9110, 13.1.1). */
    public static Versions ifMatch(MultiMap headers) {
        var header = value(headers, IF_MATCH);
        if (header.isEmpty() || header.get().equals("*")) return Versions.ANY;
        if (!LIST.matcher(header.get()).matches())
            throw Problem.invalid(IF_MATCH, "must be a list of entity tags in quotes, or *");
        return Versions.of(SEPARATOR
                .splitAsStream(header.get())
                .flatMap(EntityTags::version)
                .toArray(Instant[]::new));
    }

    /** Whether {@code If-None-Match} has this tag, also as a weak one (RFC 9110, 13.1.2). */
    public static boolean isKnown(MultiMap headers, String tag) {
        var header = value(headers, IF_NONE_MATCH);
        return header.isPresent()
                && (header.get().equals("*")
                        || SEPARATOR.splitAsStream(header.get()).anyMatch(known -> known.endsWith(tag)));
    }

    private static Optional<String> value(MultiMap headers, String name) {
        if (!headers.contains(name)) return Optional.empty();
        var value = String.join(",", headers.getAll(name)).strip();
        if (value.length() > MAX_LENGTH)
            throw Problem.invalid(name, "must be at most " + MAX_LENGTH + " characters long");
        return Optional.of(value);
    }

    private static Stream<Instant> version(String tag) {
        try {
            long micros = Long.parseLong(tag.substring(1, tag.length() - 1), RADIX);
            var version = Micros.toInstant(micros);
            return tag.equals('"' + Long.toString(micros, RADIX) + '"') && Times.isStorable(version)
                    ? Stream.of(version)
                    : Stream.empty();
        } catch (NumberFormatException foreignTag) {
            return Stream.empty();
        }
    }

    private EntityTags() {}
}
