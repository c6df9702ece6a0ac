package io.parley.config.server;

/** Parley cannot start, or not do what a command says, for a reason that the operator can read: one line. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
