package io.parley.messages;

import io.parley.contracts.messages.ImportedMessages;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Placement;
import io.parley.messages.parts.StoredParts;
import io.parley.storage.quota.StorageNeed;

/** How much room requests take. */
final class MessageNeeds {
    /** What a model has answered is stored in any case: it was asked for when there was room. */
    static StorageNeed of(Messages.Post command) {
        var caller = command.caller();
        return command.placement() == Placement.FOLLOWING
                ? StorageNeed.texts(caller)
                : with(StorageNeed.rows(caller, 1), command.draft());
    }

    static StorageNeed of(ImportedMessages.Store command) {
        var need = StorageNeed.rows(command.caller(), command.messages().size());
        for (var message : command.messages())
            need = with(need, message.draft()).and(message.reasoning());
        return need;
    }

    static StorageNeed of(Messages.Update command) {
        var patch = command.patch();
        return StorageNeed.texts(command.caller())
                .and(patch.content().value())
                .and(patch.metadata().value());
    }

    private static StorageNeed with(StorageNeed need, MessageDraft draft) {
        return need.and(draft.content())
                .and(StoredParts.write(draft.parts()))
                .and(draft.toolCalls())
                .and(draft.toolResults())
                .and(draft.metadata());
    }

    private MessageNeeds() {}
}
