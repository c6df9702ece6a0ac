package io.parley.config;

/** Parley cannot start, or not do what a command says, for a reason that the operator can read: one line. */
final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartException(String message) {
        super(message);
    }

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
