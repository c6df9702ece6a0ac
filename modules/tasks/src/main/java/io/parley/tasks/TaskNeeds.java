package io.parley.tasks;

import io.parley.contracts.tasks.Tasks;
import io.parley.storage.quota.StorageNeed;

/** How much room requests take. */
final class TaskNeeds {
    static StorageNeed of(Tasks.Create command) {
        return of(StorageNeed.rows(command.caller(), 1), command.draft());
    }

    static StorageNeed of(Tasks.Import command) {
        return of(StorageNeed.rows(command.caller(), 1), command.draft());
    }

    static StorageNeed of(Tasks.Update command) {
        var patch = command.patch();
        return StorageNeed.texts(command.caller())
                .and(patch.title().value())
                .and(patch.description().value());
    }

    private static StorageNeed of(StorageNeed row, Tasks.TaskDraft draft) {
        return row.and(draft.title()).and(draft.description());
    }

    private TaskNeeds() {}
}
