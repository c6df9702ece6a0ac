package io.parley.contracts.tasks;

import io.parley.kernel.Resource;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing to do, as its owner sees it.
 *
 * @param completedAt set exactly when the status is completed
 * @param deletedAt since when it lies in the trash; null while it is alive
 */
public record Task(
        UUID id,
        UUID userId,
        @Nullable UUID conversationId,
        String title,
        @Nullable String description,
        Status status,
        Priority priority,
        @Nullable Instant dueDate,
        @Nullable Instant completedAt,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt)
        implements Resource {
    public enum Status {
        PENDING,
        IN_PROGRESS,
        COMPLETED
    }

    public enum Priority {
        LOW,
        MEDIUM,
        HIGH
    }
}
