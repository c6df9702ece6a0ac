package io.parley.users.keys;

/** The keyset cannot be used, for a reason that the operator can read: one line that holds nothing of the keyset. */
public final class KeysetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    // No cause: a parser's message may quote what it parses.
    KeysetException(String message) {
        super(message);
    }
}
