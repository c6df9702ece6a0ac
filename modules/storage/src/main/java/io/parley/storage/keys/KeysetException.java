package io.parley.storage.keys;

/** The keyset cannot be used. The message is one line for the operator and contains no part of the keyset. */
public final class KeysetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    // No cause, because a parser's message may quote its input.
    KeysetException(String message) {
        super(message);
    }
}
