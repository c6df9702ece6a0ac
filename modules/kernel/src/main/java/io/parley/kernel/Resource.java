package io.parley.kernel;

import java.time.Instant;
import java.util.UUID;

/**
 * A single thing with an identity that changes over time. Its {@code updatedAt} grows strictly with every change (in
 * microseconds), so it serves as the version that {@code ETag} and {@code If-Match} speak of (RFC 9110, 8.8.3).
 */
public interface Resource {
    UUID id();

    Instant updatedAt();
}
