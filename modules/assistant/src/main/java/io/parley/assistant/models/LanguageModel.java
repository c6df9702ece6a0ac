package io.parley.assistant.models;

import java.util.function.Consumer;

/** Generates answers: a provider's model over the network, or the offline commands. */
public interface LanguageModel {
    /**
     * Begins an answer.
     *
     * @param onText receives each piece of the text in the calling context, but none after the answer has ended or was
     *     cancelled
     */
    Generation generate(Prompt prompt, Consumer<String> onText);
}
