package io.parley.messages;

import io.parley.contracts.messages.Messages;
import io.parley.kernel.Caller;
import io.parley.storage.Conditions;

/** The conditions of a list of messages, both for live messages and for the trash. */
final class MessageFilter {
    static Conditions of(Messages.ListConversation query) {
        return ofCaller(query.caller())
                .in("m.conversation_id = #{conversation_id}", "conversation_id", query.conversationId());
    }

    static Conditions of(Messages.ListMine query) {
        var filter = query.filter();
        return ofCaller(query.caller())
                .and("m.role = #{role}", "role", filter.role())
                .and("m.created_at >= #{from}", "from", filter.from())
                .and("m.created_at < #{to}", "to", filter.to());
    }

    private static Conditions ofCaller(Caller caller) {
        return Conditions.of("m.user_id = #{user_id}", "user_id", caller.userId());
    }

    private MessageFilter() {}
}
