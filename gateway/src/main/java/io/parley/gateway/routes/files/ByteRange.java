package io.parley.gateway.routes.files;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a content that a client asks for (RFC 9110, 14).
 *
 * @param from the first byte
 * @param to the byte after the last one
 */
record ByteRange(long from, long to) {
    // Lists of ranges are ignored, as servers may (14.2): no client that resumes a download sends one.
    private static final Pattern ONE = Pattern.compile("bytes=(?:([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18}))");

    /**
     * The whole content if the header is not there or is to be ignored; empty if the content has no such part.
     *
     * @param header {@code Range}
     */
    static Optional<ByteRange> of(@Nullable String header, long size) {
        var range = ONE.matcher(header == null ? "" : header.strip());
        if (!range.matches()) return Optional.of(new ByteRange(0, size));
        if (range.group(3) != null) return satisfiable(Math.max(0, size - Long.parseLong(range.group(3))), size);
        long from = Long.parseLong(range.group(1));
        if (range.group(2).isEmpty()) return satisfiable(from, size);
        long last = Long.parseLong(range.group(2));
        return last < from ? Optional.of(new ByteRange(0, size)) : satisfiable(from, Math.min(size, last + 1));
    }

    private static Optional<ByteRange> satisfiable(long from, long to) {
        return from < to ? Optional.of(new ByteRange(from, to)) : Optional.empty();
    }

    long length() {
        return to - from;
    }

    /** As in {@code Content-Range}. */
    String text(long size) {
        return "bytes " + from + "-" + (to - 1) + "/" + size;
    }
}
