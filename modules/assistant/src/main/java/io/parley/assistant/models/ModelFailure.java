package io.parley.assistant.models;

/** Why a model gave no answer, or only a part of one. What it says is meant for the caller: nothing of the provider's. */
public final class ModelFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Kind {
        /** The provider does not accept the key. */
        KEY_REFUSED,
        /** Too many requests, still after waiting as long as the provider said. */
        OVERLOADED,
        /** The provider refuses the request itself: no such model, a prompt too long. */
        REFUSED,
        /** The provider failed, or cannot be reached. */
        UNAVAILABLE,
        /** Its answer broke off in the middle, or is none that can be read. */
        BROKEN_OFF,
        /** It took too long. */
        TIMED_OUT,
        /** It was told to stop. */
        CANCELLED,
        /** The server that asked is ending. */
        SERVER_ENDED
    }

    private final Kind kind;

    public ModelFailure(Kind kind) {
        super(detail(kind), null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    private static String detail(Kind kind) {
        return switch (kind) {
            case KEY_REFUSED -> "The provider does not accept the key.";
            case OVERLOADED -> "The provider takes no more requests just now. Try again later.";
            case REFUSED -> "The provider refuses the request, for this model at least.";
            case UNAVAILABLE -> "The provider cannot answer just now. Try again later.";
            case BROKEN_OFF -> "The provider's answer broke off.";
            case TIMED_OUT -> "The provider did not answer in time.";
            case CANCELLED -> "The answer was stopped.";
            case SERVER_ENDED -> "The server that answered has ended.";
        };
    }
}
