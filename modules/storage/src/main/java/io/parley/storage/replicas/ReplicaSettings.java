package io.parley.storage.replicas;

import io.parley.postgres.DatabaseUrl;
import java.time.Duration;
import java.util.List;

/**
 * The standbys of the primary that may be read.
 *
 * @param poolSize connections to each of them
 * @param maxLag how far a replica may be behind the primary before it is left out
 */
public record ReplicaSettings(List<DatabaseUrl> urls, int poolSize, Duration maxLag) {
    public ReplicaSettings {
        urls = List.copyOf(urls);
    }
}
