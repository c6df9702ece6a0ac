package io.parley.kernel;

import java.time.Instant;
import java.util.UUID;

/**
 * A resource with an identity and a version. Its {@code updatedAt}, in microseconds, grows strictly with every change,
 * so {@code ETag} and {@code If-Match} use it as the version (RFC 9110, 8.8.3).
 */
public interface Resource {
    UUID id();

    Instant updatedAt();

    /**
     * Tells representations of one version apart, if parts of it change that are no part of the version. In the characters of an
     * entity tag; empty if there are none.
     */
    default String variant() {
        return "";
    }
}
