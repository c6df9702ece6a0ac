package io.parley.assistant.titles;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Patch;
import io.parley.kernel.Versions;
import io.vertx.core.Future;

/** Gives a conversation without a title the first line of the user's message as its title. */
public final class FirstLineTitle {

    /**
     * Never fails. Has no effect if the conversation has a title, or was changed after it was read: its owner may just have
     * chosen a title.
     */
    public static Future<Void> setIfMissing(Bus bus, Caller caller, Conversation conversation, String content) {
        if (conversation.title() != null) return Future.succeededFuture();
        var patch = new ConversationPatch(Patch.to(of(content)), Patch.absent(), Patch.absent());
        var update = new Conversations.Update(caller, conversation.id(), Versions.of(conversation.updatedAt()), patch);
        return bus.ask(Conversations.UPDATE, update).<Void>mapEmpty().otherwiseEmpty();
    }

    static String of(String content) {
        return TitleText.shortened(
                content.strip().lines().findFirst().orElse("").strip());
    }

    private FirstLineTitle() {}
}
