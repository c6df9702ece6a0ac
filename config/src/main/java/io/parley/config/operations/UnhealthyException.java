package io.parley.config.operations;

/** A server is not ready or cannot be asked. The message is one line. */
public final class UnhealthyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnhealthyException(String message) {
        super(message);
    }
}
