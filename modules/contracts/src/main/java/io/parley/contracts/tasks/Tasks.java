package io.parley.contracts.tasks;

import io.parley.contracts.Limits;
import io.parley.contracts.tasks.Task.Priority;
import io.parley.contracts.tasks.Task.Status;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Patch;
import io.parley.kernel.Versions;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks module answers. Whatever names a task fails not-found where there is none or it is deleted, and
 * forbidden where it is another user's; the same goes for the conversation that a task is linked to.
 */
public final class Tasks {
    public static final Address<Create, Task> CREATE = new Address<>("tasks.create");
    public static final Address<Find, Task> FIND = new Address<>("tasks.find");

    /** In the order of creation; the trash in the order of deletion. */
    public static final Address<ListMine, Page<Task>> LIST = new Address<>("tasks.list");

    /** Fails stale where the task is of none of the versions named. */
    public static final Address<Update, Task> UPDATE = new Address<>("tasks.update");

    /** Moves to the trash; fails stale where the task is of none of the versions named. */
    public static final Address<Delete, None> DELETE = new Address<>("tasks.delete");

    /** Brings it back from the trash. */
    public static final Address<Restore, Task> RESTORE = new Address<>("tasks.restore");

    /**
     * Stores a task as it was elsewhere, with its times. A link to a conversation that is not there, or not the
     * caller's, is left out. Fails conflict where the task is the caller's already, be it in the trash.
     */
    public static final Address<Import, None> IMPORT = new Address<>("tasks.import");

    /** @param id its own, made by whoever asks; under the id of a task that the caller has, replies with that one */
    public record Create(Caller caller, UUID id, TaskDraft draft) {
        public Create(Caller caller, TaskDraft draft) {
            this(caller, Ids.next(), draft);
        }
    }

    /** Status and priority are pending and medium where they are not said. */
    public record TaskDraft(
            @Nullable UUID conversationId,
            String title,
            @Nullable String description,
            @Nullable Status status,
            @Nullable Priority priority,
            @Nullable Instant dueDate) {
        public TaskDraft {
            Limits.checkText("/title", title, Limits.TITLE);
            Limits.checkText("/description", description, Limits.DESCRIPTION);
        }
    }

    public record Find(Caller caller, UUID id) {}

    /** @param deleted whether the trash is listed instead of what is alive */
    public record ListMine(Caller caller, Filter filter, boolean deleted, PageRequest page) {
        public ListMine(Caller caller, Filter filter, PageRequest page) {
            this(caller, filter, false, page);
        }
    }

    /**
     * All that is said must hold; null says nothing.
     *
     * @param dueBefore due at that time or before
     * @param dueAfter due at that time or after
     * @param q part of the title or the description, in any case
     */
    public record Filter(
            @Nullable Status status,
            @Nullable Priority priority,
            @Nullable UUID conversationId,
            @Nullable Instant dueBefore,
            @Nullable Instant dueAfter,
            @Nullable String q) {}

    public record Update(Caller caller, UUID id, Versions versions, TaskPatch patch) {}

    public record TaskPatch(
            Patch<UUID> conversationId,
            Patch<String> title,
            Patch<String> description,
            Patch<Status> status,
            Patch<Priority> priority,
            Patch<Instant> dueDate) {}

    public record Delete(Caller caller, UUID id, Versions versions) {}

    /** Restoring what is alive changes nothing. */
    public record Restore(Caller caller, UUID id) {}

    /**
     * @param id by which it was known elsewhere; where that is another user's here, one of {@code ImportIds#candidates} is
     *     taken; null leaves it to be made
     * @param completedAt of a completed task; its last change where it is not said
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
