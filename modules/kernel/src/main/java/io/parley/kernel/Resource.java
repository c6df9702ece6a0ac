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
}
