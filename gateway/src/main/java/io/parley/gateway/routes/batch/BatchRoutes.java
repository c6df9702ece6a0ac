package io.parley.gateway.routes.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationPatch;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.tasks.Tasks.TaskDraft;
import io.parley.contracts.tasks.Tasks.TaskPatch;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.gateway.routes.batch.BatchRequest.Change;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.kernel.Versions;
import io.vertx.core.Future;
import java.util.UUID;

/** Several changes to tasks or conversations in one request. */
public final class BatchRoutes {
    private final Bus bus;

    public BatchRoutes(Bus bus) {
        this.bus = bus;
    }

    public void mount(Operations operations) {
        operations.on("changeTasks", new Batch<>(operations, "/api/v1/tasks/batch", tasks(operations))::run);
        operations.on(
                "changeConversations",
                new Batch<>(operations, "/api/v1/conversations/batch", conversations(operations))::run);
    }

    private static JsonNode body(Change change) {
        if (change.body() == null || change.body().isNull()) throw Problem.invalid("/body", "is required");
        return change.body();
    }

    private Batch.Changes<Task> tasks(Operations operations) {
        return new Batch.Changes<>() {
            @Override
            public String createId() {
                return "createTask";
            }

            @Override
            public Future<Task> create(Request request, UUID id, Change change) {
                var draft = operations.bind("createTask", body(change), TaskDraft.class);
                return bus.ask(Tasks.CREATE, new Tasks.Create(request.caller(), id, draft));
            }

            @Override
            public Future<Task> update(Request request, UUID id, Versions versions, Change change) {
                var patch = operations.bind("updateTask", body(change), TaskPatch.class);
                return bus.ask(Tasks.UPDATE, new Tasks.Update(request.caller(), id, versions, patch));
            }

            @Override
            public Future<None> delete(Request request, UUID id, Versions versions) {
                return bus.ask(Tasks.DELETE, new Tasks.Delete(request.caller(), id, versions));
            }
        };
    }

    private Batch.Changes<Conversation> conversations(Operations operations) {
        return new Batch.Changes<>() {
            @Override
            public String createId() {
                return "createConversation";
            }

            @Override
            public Future<Conversation> create(Request request, UUID id, Change change) {
                throw Problem.invalid("/op", "must be update or delete");
            }

            @Override
            public Future<Conversation> update(Request request, UUID id, Versions versions, Change change) {
                var patch = operations.bind("updateConversation", body(change), ConversationPatch.class);
                return bus.ask(Conversations.UPDATE, new Conversations.Update(request.caller(), id, versions, patch));
            }

            @Override
            public Future<None> delete(Request request, UUID id, Versions versions) {
                return bus.ask(Conversations.DELETE, new Conversations.Delete(request.caller(), id, versions));
            }
        };
    }
}
