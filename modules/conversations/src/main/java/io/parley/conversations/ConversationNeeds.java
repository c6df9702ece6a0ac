package io.parley.conversations;

import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.contracts.conversations.ImportedConversations;
import io.parley.storage.quota.StorageNeed;

/** How much room requests take. */
final class ConversationNeeds {
    static StorageNeed of(Conversations.Create command) {
        return of(StorageNeed.rows(command.caller(), 1), command.draft());
    }

    static StorageNeed of(ImportedConversations.Begin command) {
        return StorageNeed.rows(command.caller(), 1);
    }

    static StorageNeed of(ImportedConversations.Publish command) {
        return of(StorageNeed.texts(command.caller()), command.draft())
                .and(command.settings().instructions());
    }

    static StorageNeed of(Conversations.Update command) {
        var patch = command.patch();
        return StorageNeed.texts(command.caller())
                .and(patch.title().value())
                .and(patch.description().value())
                .and(patch.metadata().value())
                .and(patch.instructions().value());
    }

    private static StorageNeed of(StorageNeed row, ConversationDraft draft) {
        return row.and(draft.title())
                .and(draft.description())
                .and(draft.metadata())
                .and(draft.instructions());
    }

    private ConversationNeeds() {}
}
