package io.parley.messages.branches;

/**
 * The lock on the row of a conversation. Each statement that adds messages to the conversation, deletes or restores one, or
 * moves its current leaf takes it before it locks a message. What depends on more than that row is read by a second statement
 * in the same transaction, because one that waits for the lock does not see what was committed meanwhile.
 */
public final class ConversationLock {
    public static final String OF_CONVERSATION = """
        SELECT id FROM conversations WHERE user_id = #{user_id} AND id = #{conversation_id} FOR NO KEY UPDATE
        """;

    /** Of the message {@code #{id}}. */
    public static final String OF_MESSAGE = """
        SELECT c.id FROM conversations c
         WHERE c.user_id = #{user_id}
           AND c.id = (SELECT m.conversation_id FROM messages m WHERE m.user_id = #{user_id} AND m.id = #{id})
           FOR NO KEY UPDATE
        """;

    private ConversationLock() {}
}
