package io.parley.contracts.assistant;

import io.parley.contracts.Limits;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.MessageDraft;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import io.parley.kernel.None;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Topic;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns as other programs ask for them: with several messages as input, functions of the program beside Parley's tools, and
 * settings of the model. They follow {@link Chat}: {@code FIND}, {@code EVENTS}, {@code OUTCOME} and {@code STOP} apply to
 * those that are stored.
 */
public final class Responses {
    /**
     * Stores the input and begins to answer it. Fails like {@link Chat#START}. A response that is not stored leaves no trace: its
     * events and its outcome are published only.
     */
    public static final Address<Create, Chat.Started> CREATE = new Address<>("responses.create");

    /** A turn with what was asked of it; any turn is found. */
    public static final Address<Find, Found> FIND = new Address<>("responses.find");

    /** The messages that a turn answers and that were sent with its request, oldest first. Deleted ones are left out. */
    public static final Address<Find, Input> INPUT = new Address<>("responses.input");

    /** Deletes a turn that has ended; fails conflict if it is running. Its messages go to the trash. */
    public static final Address<Delete, None> DELETE = new Address<>("responses.delete");

    /** Nobody waits any more for a response that is not stored, so it ends. */
    public static final Topic<Abandoned> ABANDONED = new Topic<>("responses.abandoned");

    /** Parley's tools, by the names that models know. */
    public static final Set<String> TOOLS = Set.of(
            "add_task",
            "list_tasks",
            "update_task",
            "complete_task",
            "delete_task",
            "search_messages",
            "list_conversations",
            "read_conversation");

    /** The maximum number of messages of one request. */
    public static final int MAX_INPUT = 1000;

    /**
     * @param turnId chosen by the sender; if a turn with this id exists, it is returned as it is
     * @param conversationId if the response is not stored, that of the parent, or any id
     * @param parentId the message that the input follows; absent means the current leaf, null the beginning
     * @param input oldest first; the parents and ids of the drafts are ignored
     * @param files that parts of the input name and that are not stored; only if the response is not stored either
     * @param isStored if not, the conversation is not touched
     */
    public record Create(
            Caller caller,
            UUID turnId,
            UUID conversationId,
            Patch<UUID> parentId,
            List<MessageDraft> input,
            List<UnstoredFile> files,
            ModelRequest request,
            boolean isStored) {
        public Create {
            if (input.isEmpty()) throw Problem.invalid("/input", "must have at least one message");
            if (input.size() > MAX_INPUT)
                throw Problem.invalid("/input", "must not have more than " + MAX_INPUT + " messages");
            if (isStored && !files.isEmpty()) throw Problem.invalid("/files", "are for responses that are not stored");
            input = List.copyOf(input);
            files = List.copyOf(files);
        }

        public Create(
                Caller caller,
                UUID turnId,
                UUID conversationId,
                Patch<UUID> parentId,
                List<MessageDraft> input,
                ModelRequest request,
                boolean isStored) {
            this(caller, turnId, conversationId, parentId, input, List.of(), request, isStored);
        }
    }

    /**
     * The content of a file that is in no table.
     *
     * @param id as in the part that names it, which has its name, type and size
     */
    @SuppressWarnings("ArrayRecordComponent") // only carried
    public record UnstoredFile(UUID id, byte[] data) {}

    /**
     * What is asked of the model.
     *
     * @param provider as in {@link Chat.Start}, and so is the model
     * @param instructions for this turn only
     * @param functions of the program, which runs them itself
     * @param tools the names of Parley's tools that the model may use
     * @param options a JSON object: members of the request to the provider, by OpenAI's chat completions
     * @param kept a JSON object that is stored with the turn and returned as it is
     */
    public record ModelRequest(
            @Nullable String provider,
            @Nullable String model,
            @Nullable String instructions,
            List<Function> functions,
            List<String> tools,
            Json options,
            Json kept) {
        public ModelRequest {
            functions = List.copyOf(functions);
            tools = List.copyOf(tools);
            Limits.checkText("/instructions", instructions, Limits.CONTENT);
        }
    }

    /** @param tool a JSON object: the function as providers are sent it */
    public record Function(String name, Json tool) {}

    public record Find(Caller caller, UUID id) {}

    /**
     * @param kept null if the turn was not asked for by a program
     * @param messages that the turn has stored, its input excepted; empty while it is running
     */
    public record Found(Turn turn, @Nullable Json kept, List<Message> messages) {}

    public record Input(List<Message> messages) {}

    public record Delete(Caller caller, UUID id) {}

    public record Abandoned(UUID turnId) {}

    private Responses() {}
}
