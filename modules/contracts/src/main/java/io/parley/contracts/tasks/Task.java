package io.parley.contracts.tasks;

import io.parley.kernel.Resource;
import io.parley.kernel.time.DayOrTime;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A to-do item, as its owner sees it.
 *
 * @param encrypted whether its title and its description are stored encrypted; never changes
 * @param completedAt set if and only if the status is completed
 * @param deletedAt when the task was moved to the trash; null unless it is there
 */
public record Task(
        UUID id,
        UUID userId,
        @Nullable UUID conversationId,
        String title,
        @Nullable String description,
        Status status,
        Priority priority,
        @Nullable DayOrTime dueDate,
        boolean encrypted,
        List<String> tags,
        @Nullable Instant completedAt,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt)
        implements Resource {
    public Task {
        tags = List.copyOf(tags);
    }

    /** Without tags, and not encrypted. */
    public Task(
            UUID id,
            UUID userId,
            @Nullable UUID conversationId,
            String title,
            @Nullable String description,
            Status status,
            Priority priority,
            @Nullable DayOrTime dueDate,
            @Nullable Instant completedAt,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant deletedAt) {
        this(
                id,
                userId,
                conversationId,
                title,
                description,
                status,
                priority,
                dueDate,
                false,
                List.of(),
                completedAt,
                createdAt,
                updatedAt,
                deletedAt);
    }

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
