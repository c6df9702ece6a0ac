package io.parley.assistant.models;

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
        /** The provider failed or cannot be reached. */
        UNAVAILABLE("The provider is unavailable. Try again later."),
        /** The answer ended too early, or could not be read. */
        BROKEN_OFF("The provider's answer ended too early or could not be read."),
        TIMED_OUT("The provider did not answer in time."),
        CANCELLED("The answer was stopped."),
        /** This node is shutting down, or the node that ran the turn died. */
        SERVER_ENDED("The server that ran this turn has stopped.");

        private final String detail;

        Kind(String detail) {
            this.detail = detail;
        }
    }

    private final Kind kind;

    public ModelFailure(Kind kind) {
        super(kind.detail, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
