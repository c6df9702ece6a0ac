package io.parley.kernel;

/** A position in a list that callers get as one opaque string and send back for the next page. */
public interface OpaqueCursor {
    /** In URL-safe characters. */
    String text();
}
