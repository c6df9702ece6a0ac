package io.parley.transfer.sources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation without its messages, as the document has it: no text is cut yet.
 *
 * @param id in the document; need not be a UUID
 * @param instructions what the user wants the assistant to know and to do in this conversation
 * @param model the model for further answers
 * @param currentLeaf the {@link SourceMessage#id} of the last message on the current branch; null if the newest one is
 * @param encrypted whether it is to be stored encrypted; null if the document does not say
 * @param metadata what has no place of its own
 */
public record SourceHead(
        @Nullable String id,
        @Nullable String title,
        @Nullable String description,
        @Nullable String instructions,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String currentLeaf,
        @Nullable Boolean encrypted,
        ObjectNode metadata,
        Place place,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {

    /** Where its owner keeps a conversation. */
    public record Place(boolean pinned, boolean archived, List<String> tags) {
        public static final Place USUAL = new Place(false, false, List.of());

        public Place {
            tags = List.copyOf(tags);
        }
    }

    /** A conversation in its usual place, of a format that knows no encryption. */
    public SourceHead(
            @Nullable String id,
            @Nullable String title,
            @Nullable String description,
            @Nullable String instructions,
            @Nullable String provider,
            @Nullable String model,
            @Nullable String currentLeaf,
            ObjectNode metadata,
            @Nullable Instant createdAt,
            @Nullable Instant updatedAt) {
        this(
                id,
                title,
                description,
                instructions,
                provider,
                model,
                currentLeaf,
                null,
                metadata,
                Place.USUAL,
                createdAt,
                updatedAt);
    }
}
