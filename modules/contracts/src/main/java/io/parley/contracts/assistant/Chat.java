package io.parley.contracts.assistant;

import io.parley.contracts.Limits;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.MessagePart;
import io.parley.contracts.users.TimeZones;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Topic;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the assistant module answers. Each query that names a turn fails not-found if there is no such turn, and forbidden if
 * it belongs to another user.
 */
public final class Chat {
    /**
     * Stores the user's message and begins to answer it. Progress is published on {@link #HAPPENED} and stored for
     * {@link #EVENTS}, and the result on {@link #ENDED} and for {@link #OUTCOME}. Fails not-found or forbidden like each
     * query that names a conversation, or a file; conflict if a turn of the conversation is running, or if the id belongs to a turn
     * with other content; and invalid if the user cannot use this provider or model, or if the message has files that the model does not take.
     */
    public static final Address<Start, Started> START = new Address<>("chat.start");

    /**
     * Answers a user's message again in a new turn, on a branch of its own; the message becomes the current leaf first. Fails
     * like {@link #START}, and conflict if the message was deleted or if the id belongs to a turn that answers another one.
     */
    public static final Address<Regenerate, Started> REGENERATE = new Address<>("chat.regenerate");

    /** The newest turn that answers a message of a conversation; none if it is another user's. */
    public static final Address<FindAnswer, FoundAnswer> ANSWER = new Address<>("chat.answer");

    public static final Address<Find, Turn> FIND = new Address<>("chat.find");

    /** The turns of the user, in the order in which they began. */
    public static final Address<ListMine, Page<Turn>> LIST = new Address<>("chat.list");

    /**
     * The turn with its messages as they were when it ended. {@link #ENDED} publishes the same once, at its end; ask here
     * for a turn that may have ended before, or whose notice may have been lost.
     */
    public static final Address<FindOutcome, FoundOutcome> OUTCOME = new Address<>("chat.outcome");

    /** Ends a turn soon, on whichever node it runs, and keeps its text so far. Has no effect if it has ended already. */
    public static final Address<Stop, None> STOP = new Address<>("chat.stop");

    /** The events of a turn after a given one. Events are kept for a day. */
    public static final Address<ListEvents, Events> EVENTS = new Address<>("chat.events");

    /** The models that this user can choose. */
    public static final Address<ListModels, Models> MODELS = new Address<>("chat.models");

    /**
     * Whether a user can use a provider and a model now. Fails invalid, pointing at the field of the provider or of the model, if
     * not.
     */
    public static final Address<CheckModel, None> CHECK_MODEL = new Address<>("chat.check-model");

    /** The events of all turns as they happen; those of one turn in their order. Already stored when published. */
    public static final Topic<TurnEvent> HAPPENED = new Topic<>("chat.happened");

    /** The outcomes of all turns as they end. */
    public static final Topic<TurnOutcome> ENDED = new Topic<>("chat.ended");

    /**
     * @param turnId chosen by the sender; if a turn with this id exists, it is returned as it is
     * @param content as in {@link MessageDraft}; empty stands for the text of the parts
     * @param parts as in {@link MessageDraft}
     * @param provider null for the first one that has the model; if the model is null as well, the conversation's choice is taken,
     *     else the user's, else that of the settings
     * @param model null for the provider's first one
     * @param instructions for this turn only; they follow all others
     * @param timeZone one of {@link TimeZones}, for this turn only; null for the user's
     * @param parentId the message that the user's one follows; absent means the current leaf, null the beginning
     * @param metadata of the user's message, a JSON object; null means an empty one
     */
    public record Start(
            Caller caller,
            UUID turnId,
            UUID conversationId,
            String content,
            @Nullable List<MessagePart> parts,
            @Nullable String provider,
            @Nullable String model,
            @Nullable String instructions,
            @Nullable String timeZone,
            Patch<UUID> parentId,
            @Nullable Json metadata) {
        public Start(
                Caller caller,
                UUID turnId,
                UUID conversationId,
                String content,
                @Nullable String provider,
                @Nullable String model,
                @Nullable String instructions,
                @Nullable String timeZone,
                Patch<UUID> parentId) {
            this(
                    caller,
                    turnId,
                    conversationId,
                    content,
                    null,
                    provider,
                    model,
                    instructions,
                    timeZone,
                    parentId,
                    null);
        }

        public Start {
            TimeZones.check("/time_zone", timeZone);
            if (parts != null) {
                var draft = draft(content, parts, null);
                content = String.valueOf(draft.content());
                parts = draft.parts();
            }
            if (content.isBlank() && !MessagePart.haveFile(parts))
                throw Problem.invalid("/content", "must not be empty");
            Limits.checkText("/content", content, Limits.CONTENT);
            Limits.checkText("/instructions", instructions, Limits.INSTRUCTIONS);
        }

        /** The user's message. */
        public MessageDraft question() {
            return draft(content, parts, metadata);
        }

        private static MessageDraft draft(String content, @Nullable List<MessagePart> parts, @Nullable Json metadata) {
            var text = content.isEmpty() && parts != null ? null : content;
            return new MessageDraft(null, null, Role.USER, text, parts, null, null, null, null, metadata);
        }
    }

    /**
     * @param answeredTurnId the turn whose message is answered again
     * @param turnId chosen by the sender; if a turn with this id answers the same message, it is returned as it is
     * @param provider as in {@link Start}, and so is the model
     * @param instructions for this turn only; they follow all others
     * @param timeZone one of {@link TimeZones}, for this turn only; null for the user's
     */
    public record Regenerate(
            Caller caller,
            UUID answeredTurnId,
            UUID turnId,
            @Nullable String provider,
            @Nullable String model,
            @Nullable String instructions,
            @Nullable String timeZone) {
        public Regenerate {
            TimeZones.check("/time_zone", timeZone);
            Limits.checkText("/instructions", instructions, Limits.INSTRUCTIONS);
        }
    }

    /** @param isRepeated whether the turn existed already, with the same id and message */
    public record Started(Turn turn, boolean isRepeated) {}

    public record FindAnswer(Caller caller, UUID conversationId, UUID messageId) {}

    /** @param turn running or ended; null if no turn has answered it */
    public record FoundAnswer(@Nullable Turn turn) {}

    public record Find(Caller caller, UUID id) {}

    /**
     * @param conversationId null for all; nothing is found in one of another user
     * @param statuses one of these; empty for all
     */
    public record ListMine(Caller caller, @Nullable UUID conversationId, List<Turn.Status> statuses, PageRequest page) {
        public ListMine {
            statuses = List.copyOf(statuses);
        }
    }

    public record FindOutcome(Caller caller, UUID id) {}

    /** @param outcome null while the turn is running */
    public record FoundOutcome(@Nullable TurnOutcome outcome) {}

    public record Stop(Caller caller, UUID id) {}

    /** @param after the number of the last known event; 0 for none */
    public record ListEvents(Caller caller, UUID turnId, int after) {}

    /**
     * @param more whether further events are already stored
     * @param isOver whether the turn has no further events
     */
    public record Events(List<TurnEvent> events, boolean more, boolean isOver) {}

    public record ListModels(Caller caller) {}

    /**
     * @param provider null for the first one that has the model
     * @param model null for the provider's first one
     * @param fieldPrefix what the names of the fields begin with, such as {@code default_}; empty for nothing
     */
    public record CheckModel(
            Caller caller,
            @Nullable String provider,
            @Nullable String model,
            String fieldPrefix) {}

    public record Models(List<Model> items) {}

    /**
     * @param provider null for the offline commands
     * @param images whether it takes files: images and documents
     * @param ownKey whether requests use a key of the user
     * @param isDefault whether it answers if the user chooses nothing
     */
    public record Model(@Nullable String provider, String model, boolean images, boolean ownKey, boolean isDefault) {}

    private Chat() {}
}
