package io.parley.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.json.JsonForm;
import io.parley.kernel.Json;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a line says of a conversation besides its messages; what has no place here is kept in the metadata. */
record ConversationForm(
        @Nullable UUID id,
        @Nullable String title,
        @Nullable String description,
        @Nullable Json metadata,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {

    private static final Set<String> PLACES = Set.of("id", "title", "description", "created_at", "updated_at");

    /** Fails invalid, pointing into the line. */
    static ConversationForm of(ObjectNode head) {
        return JsonForm.bind(Members.settled(head.without("type"), PLACES), ConversationForm.class);
    }

    /** Fails invalid where it can be no conversation. */
    ConversationDraft draft() {
        return new ConversationDraft(title == null || title.isEmpty() ? null : title, description, metadata);
    }
}
