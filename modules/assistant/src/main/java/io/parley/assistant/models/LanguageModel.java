package io.parley.assistant.models;

import java.util.function.Consumer;

/** Whatever answers in a conversation: a provider's model over the network, or the commands that need none. */
public interface LanguageModel {
    /**
     * Begins to answer. Calls the consumer in the calling context, piece by piece while the text is made, and not any
     * more once the generation is cancelled or has ended.
     */
    Generation generate(Prompt prompt, Consumer<String> text);
}
