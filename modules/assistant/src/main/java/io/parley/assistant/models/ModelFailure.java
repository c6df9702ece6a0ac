package io.parley.assistant.models;

import org.jspecify.annotations.Nullable;

/** Why a model gave no answer, or only part of one. The message is written for the user and quotes no provider. */
public final class ModelFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Kind {
        /** The provider rejected the API key. */
        KEY_REFUSED("The provider rejected the API key."),
        /** The provider still reported too many requests after the pause that it asked for. */
        OVERLOADED("The provider is overloaded. Try again later."),
        /** The provider rejected the request, such as an unknown model or a prompt that is too long. */
        REFUSED("The provider rejected the request. The model may not exist, or the conversation may be too long."),
        /** The provider failed: a status from 500 on, or an error in place of the rest of the answer. */
        PROVIDER_ERROR("The provider failed. Try again later."),
        /** No connection, or none that lasted until the answer began. */
        UNREACHABLE("The provider cannot be reached. Try again later."),
        /** The answer ended too early, or could not be read. */
        BROKEN_OFF("The provider's answer ended too early or could not be read."),
        /** Neither text nor a tool call. */
        EMPTY("The model gave an empty answer."),
        /** Larger than {@code assistant.max-reply}, or than a message can be. */
        TOO_LARGE("The answer was too large. Its beginning was kept."),
        TIMED_OUT("The provider did not answer in time."),
        CANCELLED("The answer was stopped."),
        /** This node is shutting down, or the node that ran the turn died. */
        SERVER_ENDED("The server that ran this turn has stopped."),
        /** Something that should not happen, while the request was made or its answer read. */
        INTERNAL("Something went wrong on the server.");

        private final String detail;

        Kind(String detail) {
            this.detail = detail;
        }
    }

    private final Kind kind;
    private final transient ModelReply.@Nullable Usage usage;

    public ModelFailure(Kind kind) {
        this(kind, null);
    }

    /** @param usage what the provider reported before; null if nothing */
    public ModelFailure(Kind kind, ModelReply.@Nullable Usage usage) {
        super(kind.detail, null, false, false);
        this.kind = kind;
        this.usage = usage;
    }

    public Kind kind() {
        return kind;
    }

    public ModelReply.@Nullable Usage usage() {
        return usage;
    }
}
