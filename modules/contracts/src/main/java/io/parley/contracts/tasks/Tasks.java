package io.parley.contracts.tasks;

import io.parley.contracts.ImportIds;
import io.parley.contracts.Limits;
import io.parley.contracts.SortRequest;
import io.parley.contracts.SortedPage;
import io.parley.contracts.Tags;
import io.parley.contracts.tasks.Task.Priority;
import io.parley.contracts.tasks.Task.Status;
import io.parley.contracts.users.TimeZones;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Patch;
import io.parley.kernel.Versions;
import io.parley.kernel.time.DayOrTime;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks module answers. A request that names a task fails not-found if there is no such task or it is in the
 * trash, and forbidden if it belongs to another user. A task can only be linked to one of its owner's conversations: a
 * link fails invalid if there is no such conversation, and forbidden if it is another user's.
 */
public final class Tasks {
    public static final Address<Create, Task> CREATE = new Address<>("tasks.create");
    public static final Address<Find, Task> FIND = new Address<>("tasks.find");

    /** Ordered by creation; the trash is ordered by deletion. */
    public static final Address<ListMine, Page<Task>> LIST = new Address<>("tasks.list");

    /** Sorted by a field. */
    public static final Address<ListSorted, SortedPage<Task>> LIST_SORTED = new Address<>("tasks.list-sorted");

    /** Fails stale unless the task has one of the given versions. */
    public static final Address<Update, Task> UPDATE = new Address<>("tasks.update");

    /** Moves the task to the trash; fails stale unless it has one of the given versions. */
    public static final Address<Delete, None> DELETE = new Address<>("tasks.delete");

    /** Restores the task from the trash; has no effect if it is not in the trash. */
    public static final Address<Restore, Task> RESTORE = new Address<>("tasks.restore");

    /**
     * Stores a task that was exported, with its original times. A link to a conversation that the caller does not have is
     * dropped. Fails conflict if the caller has the task already, even in the trash.
     */
    public static final Address<Import, None> IMPORT = new Address<>("tasks.import");

    /** @param id chosen by the sender; if the caller has a task with this id already, the reply is that task */
    public record Create(Caller caller, UUID id, TaskDraft draft) {
        public Create(Caller caller, TaskDraft draft) {
            this(caller, Ids.next(), draft);
        }
    }

    /**
     * A null status means pending, a null priority medium.
     *
     * @param encrypted whether title and description are stored encrypted; null means what the user has chosen
     */
    public record TaskDraft(
            @Nullable UUID conversationId,
            String title,
            @Nullable String description,
            @Nullable Status status,
            @Nullable Priority priority,
            @Nullable DayOrTime dueDate,
            @Nullable List<String> tags,
            @Nullable Boolean encrypted) {
        public TaskDraft {
            tags = Tags.stored("/tags", tags);
            Limits.checkText("/title", title, Limits.TITLE);
            Limits.checkText("/description", description, Limits.DESCRIPTION);
        }

        /** Without tags. */
        public TaskDraft(
                @Nullable UUID conversationId,
                String title,
                @Nullable String description,
                @Nullable Status status,
                @Nullable Priority priority,
                @Nullable DayOrTime dueDate) {
            this(conversationId, title, description, status, priority, dueDate, null, null);
        }

        public TaskDraft(
                @Nullable UUID conversationId,
                String title,
                @Nullable String description,
                @Nullable Status status,
                @Nullable Priority priority,
                @Nullable DayOrTime dueDate,
                @Nullable List<String> tags) {
            this(conversationId, title, description, status, priority, dueDate, tags, null);
        }
    }

    public record Find(Caller caller, UUID id) {}

    /** @param deleted true lists the trash, false everything else */
    public record ListMine(Caller caller, Filter filter, boolean deleted, PageRequest page) {
        public ListMine(Caller caller, Filter filter, PageRequest page) {
            this(caller, filter, false, page);
        }
    }

    /** The trash is not sorted. */
    public record ListSorted(Caller caller, Filter filter, Sort sort, SortRequest page) {}

    /** A task that is due on a day is due at its end, {@link DayOrTime#endOf}. Tasks without a due date are the last. */
    public enum Sort {
        CREATED_AT,
        UPDATED_AT,
        DUE_DATE,
        PRIORITY,
        TITLE
    }

    /**
     * A task must match every condition that is not null. A task that is due on a day is due at its end,
     * {@link DayOrTime#endOf}.
     *
     * @param statuses one of these; an empty list is no condition
     * @param dueBefore due at this time or earlier
     * @param dueAfter due at this time or later
     * @param q part of the title or the description; case is ignored
     * @param open whether the status is not completed
     * @param overdue whether it is open and its day is before today
     * @param timeZone one of {@link TimeZones}, in which days begin and end; null for the caller's
     * @param linked whether it is linked to a conversation
     * @param tags it has all of these; upper and lower case are equal
     */
    public record Filter(
            List<Status> statuses,
            @Nullable Priority priority,
            @Nullable UUID conversationId,
            @Nullable Instant dueBefore,
            @Nullable Instant dueAfter,
            @Nullable String q,
            @Nullable Boolean open,
            @Nullable Boolean overdue,
            @Nullable String timeZone,
            @Nullable Boolean linked,
            List<String> tags) {
        public static final Filter NONE = new Filter(null, null, null, null, null, null);

        public Filter {
            statuses = List.copyOf(statuses);
            tags = List.copyOf(tags);
        }

        public Filter(
                @Nullable Status status,
                @Nullable Priority priority,
                @Nullable UUID conversationId,
                @Nullable Instant dueBefore,
                @Nullable Instant dueAfter,
                @Nullable String q,
                @Nullable Boolean open,
                @Nullable Boolean overdue,
                @Nullable String timeZone) {
            this(
                    status == null ? List.of() : List.of(status),
                    priority,
                    conversationId,
                    dueBefore,
                    dueAfter,
                    q,
                    open,
                    overdue,
                    timeZone,
                    null,
                    List.of());
        }

        public Filter(
                @Nullable Status status,
                @Nullable Priority priority,
                @Nullable UUID conversationId,
                @Nullable Instant dueBefore,
                @Nullable Instant dueAfter,
                @Nullable String q) {
            this(status, priority, conversationId, dueBefore, dueAfter, q, null, null, null);
        }

        /** Whether it depends on when days begin and end. */
        public boolean dependsOnDays() {
            return dueBefore != null || dueAfter != null || overdue != null;
        }
    }

    public record Update(Caller caller, UUID id, Versions versions, TaskPatch patch) {}

    public record TaskPatch(
            Patch<UUID> conversationId,
            Patch<String> title,
            Patch<String> description,
            Patch<Status> status,
            Patch<Priority> priority,
            Patch<DayOrTime> dueDate,
            Patch<List<String>> tags) {
        public TaskPatch {
            if (tags.present()) tags = Patch.to(Tags.stored("/tags", tags.value()));
        }

        public TaskPatch(
                Patch<UUID> conversationId,
                Patch<String> title,
                Patch<String> description,
                Patch<Status> status,
                Patch<Priority> priority,
                Patch<DayOrTime> dueDate) {
            this(conversationId, title, description, status, priority, dueDate, Patch.absent());
        }
    }

    public record Delete(Caller caller, UUID id, Versions versions) {}

    public record Restore(Caller caller, UUID id) {}

    /**
     * @param id the id in the export; if another user has it, one of {@link ImportIds#candidates} is used; null creates a
     *     new id
     * @param completedAt when a completed task was completed; null means {@code updatedAt}
     */
    public record Import(
            Caller caller,
            @Nullable UUID id,
            TaskDraft draft,
            @Nullable Instant completedAt,
            Instant createdAt,
            Instant updatedAt) {}

    private Tasks() {}
}
