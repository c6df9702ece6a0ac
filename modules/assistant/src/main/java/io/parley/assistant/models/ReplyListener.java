package io.parley.assistant.models;

/**
 * Receives the pieces of an answer, in the Vert.x context of the request for it. Receives nothing after the answer has ended
 * or was cancelled.
 */
@FunctionalInterface
public interface ReplyListener {
    void onText(String text);

    /** What the model thinks before it answers. */
    default void onReasoning(String reasoning) {}
}
