package io.parley.transfer.lines;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.Tags;
import io.parley.json.JsonForm;
import io.parley.transfer.sources.SourceFields;
import io.parley.transfer.sources.SourceHead;
import io.parley.transfer.sources.SourceHead.Place;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A conversation in an import line, without its messages. Unknown fields are in the metadata. */
public record ConversationLine(
        @Nullable UUID id,
        @Nullable String title,
        @Nullable String description,
        @Nullable String instructions,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String currentLeaf,
        @Nullable Boolean encrypted,
        @Nullable Boolean pinned,
        @Nullable Boolean archived,
        @Nullable List<String> tags,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {

    private static final String LEAF = "current_leaf";
    private static final Set<String> FIELDS = Set.of(
            "id",
            "title",
            "description",
            "instructions",
            "provider",
            "model",
            LEAF,
            "encrypted",
            "pinned",
            "archived",
            "tags",
            "created_at",
            "updated_at");

    /** Fails invalid, pointing into the line. */
    public static SourceHead read(ObjectNode head) {
        ObjectNode untyped = head.objectNode().setAll(head);
        untyped.remove("type");
        var fields = UnknownFields.toMetadata(untyped, FIELDS);
        var metadata = (ObjectNode) fields.remove("metadata");
        var line = JsonForm.bind(fields, ConversationLine.class);
        return new SourceHead(
                SourceFields.text(head, "id"),
                line.title,
                line.description,
                line.instructions,
                line.provider,
                line.model,
                line.currentLeaf,
                line.encrypted,
                metadata,
                new Place(
                        Boolean.TRUE.equals(line.pinned),
                        Boolean.TRUE.equals(line.archived),
                        Tags.stored("/tags", line.tags)),
                line.createdAt,
                line.updatedAt);
    }

    /** Whether a message without a parent is at the beginning of the conversation. In older exports it may be anywhere. */
    public static boolean namesEveryParent(ObjectNode head) {
        return head.has(LEAF);
    }
}
