package io.parley.contracts.assistant;

import io.parley.contracts.Limits;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.kernel.Topic;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the assistant module answers. Whatever names a turn fails not-found where there is none, and forbidden where it is
 * another user's.
 */
public final class Chat {
    /**
     * Stores what the user said and begins to answer it; what comes of it is told by {@link #EVENTS} and
     * {@link #HAPPENED}. Fails as all that names a conversation does, conflict where a turn of the conversation is
     * running or the turn's id is that of one with other content, and invalid where there is no such provider or model
     * for this user.
     */
    public static final Address<Start, Started> START = new Address<>("chat.start");

    public static final Address<Find, Turn> FIND = new Address<>("chat.find");

    /** Has a turn end soon, wherever it runs, with what there is of it; changes nothing where it has ended. */
    public static final Address<Stop, None> STOP = new Address<>("chat.stop");

    /** What has happened in a turn, from a place on. Kept for a day after it happened. */
    public static final Address<ListEvents, Events> EVENTS = new Address<>("chat.events");

    /** The providers' models that this user can choose. */
    public static final Address<ListModels, Models> MODELS = new Address<>("chat.models");

    /** What happens in any turn, as it happens; in the order of each turn. */
    public static final Topic<TurnEvent> HAPPENED = new Topic<>("chat.happened");

    /**
     * @param turnId made by whoever asks: a turn that is there already under it is answered as it is
     * @param provider null leaves the choice to the settings, as a null model does
     * @param instructions what the model is told before everything else, in this turn alone
     */
    public record Start(
            Caller caller,
            UUID turnId,
            UUID conversationId,
            String content,
            @Nullable String provider,
            @Nullable String model,
            @Nullable String instructions) {
        public Start {
            if (content.isBlank()) throw Problem.invalid("/content", "must not be empty");
            Limits.checkText("/content", content, Limits.CONTENT);
            Limits.checkText("/instructions", instructions, Limits.DESCRIPTION);
        }
    }

    /** @param isRepeated whether it was there already under its id, with the same content */
    public record Started(Turn turn, boolean isRepeated) {}

    public record Find(Caller caller, UUID id) {}

    public record Stop(Caller caller, UUID id) {}

    /** @param after the number of the last event that is known already; 0 for none */
    public record ListEvents(Caller caller, UUID turnId, int after) {}

    /**
     * @param more whether there are more behind these already
     * @param isOver whether nothing comes behind these any more
     */
    public record Events(List<TurnEvent> events, boolean more, boolean isOver) {}

    public record ListModels(Caller caller) {}

    public record Models(List<Model> items) {}

    /**
     * @param ownKey whether it is paid for with a key of the user's
     * @param isDefault whether it answers where nothing is chosen
     */
    public record Model(@Nullable String provider, String model, boolean ownKey, boolean isDefault) {}

    private Chat() {}
}
