package io.parley.transfer.lines;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.json.JsonForm;
import io.parley.kernel.Json;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A conversation in an import line, without its messages. Unknown fields are in the metadata. */
public record ConversationLine(
        @Nullable UUID id,
        @Nullable String title,
        @Nullable String description,
        @Nullable Json metadata,
        @Nullable UUID currentLeaf,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {

    private static final String CURRENT_LEAF = "current_leaf";
    private static final Set<String> FIELDS =
            Set.of("id", "title", "description", CURRENT_LEAF, "created_at", "updated_at");

    /** Fails invalid, pointing into the line. */
    public static ConversationLine of(ObjectNode head) {
        return JsonForm.bind(UnknownFields.toMetadata(head.without("type"), FIELDS), ConversationLine.class);
    }

    /**
     * Whether the line was written by a version that stores a parent for every message but the first of a branch, so that a
     * message without one begins a branch.
     */
    public static boolean hasParents(ObjectNode head) {
        return head.path(CURRENT_LEAF).isTextual();
    }

    /** An empty title counts as none. Fails invalid if a value exceeds its limit. */
    public ConversationDraft draft() {
        return new ConversationDraft(title == null || title.isEmpty() ? null : title, description, metadata);
    }
}
