package io.parley.assistant.models;

/** Generates answers: a provider's model over the network, or the offline commands. */
public interface LanguageModel {
    /** Begins an answer, whose pieces the listener receives. */
    Generation generate(Prompt prompt, ReplyListener listener);
}
