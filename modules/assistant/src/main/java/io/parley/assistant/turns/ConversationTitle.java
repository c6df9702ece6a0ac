package io.parley.assistant.turns;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Patch;
import io.parley.kernel.Versions;
import io.vertx.core.Future;

/** Gives a conversation without a title the first line of the user's message as its title. */
final class ConversationTitle {
    private static final int MAX_CHARACTERS = 60;

    /**
     * Never fails. Has no effect if the conversation has a title, or was changed after it was read: its owner may just have
     * chosen a title.
     */
    static Future<Void> setIfMissing(Bus bus, Caller caller, Conversation conversation, String content) {
        if (conversation.title() != null) return Future.succeededFuture();
        var patch = new ConversationPatch(Patch.to(firstLine(content)), Patch.absent(), Patch.absent());
        var update = new Conversations.Update(caller, conversation.id(), Versions.of(conversation.updatedAt()), patch);
        return bus.ask(Conversations.UPDATE, update).<Void>mapEmpty().otherwiseEmpty();
    }

    private static String firstLine(String content) {
        var line = content.strip().lines().findFirst().orElse("").strip();
        return line.codePointCount(0, line.length()) <= MAX_CHARACTERS
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_CHARACTERS - 1))
                                .strip() + "…";
    }

    private ConversationTitle() {}
}
