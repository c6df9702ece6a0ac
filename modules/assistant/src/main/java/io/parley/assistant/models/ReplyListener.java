package io.parley.assistant.models;

/**
 * Receives the pieces of an answer in the context of whoever asked for it, but none after the answer has ended or was
 * cancelled.
 */
@FunctionalInterface
public interface ReplyListener {
    void onText(String text);

    /** What the model thinks before it answers. */
    default void onReasoning(String reasoning) {}
}
