package io.parley.tasks;

import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.vertx.core.Future;

/** The rules of tasks: who may see them and what they may be linked to. */
final class TaskRules {
    private final TaskStore store;
    private final TaskTrash trash;
    private final TaskLinks links;

    TaskRules(TaskStore store, TaskTrash trash, TaskLinks links) {
        this.store = store;
        this.trash = trash;
        this.links = links;
    }

    Future<Task> create(Tasks.Create command) {
        return links.allow(command.caller(), command.draft().conversationId())
                .compose(allowed -> store.insert(command));
    }

    Future<Task> find(Tasks.Find query) {
        return store.find(query);
    }

    Future<Page<Task>> list(Tasks.ListMine query) {
        return query.deleted() ? trash.list(query) : store.list(query);
    }

    Future<Task> update(Tasks.Update command) {
        return links.allow(command.caller(), command.patch().conversationId().value())
                .compose(allowed -> store.update(command));
    }

    Future<None> delete(Tasks.Delete command) {
        return trash.delete(command);
    }

    Future<Task> restore(Tasks.Restore command) {
        return trash.restore(command);
    }
}
