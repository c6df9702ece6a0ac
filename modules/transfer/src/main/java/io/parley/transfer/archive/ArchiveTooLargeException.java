package io.parley.transfer.archive;

/** An archive exceeds a limit. The message says which one, for the user. */
public final class ArchiveTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ArchiveTooLargeException(String message) {
        super(message, null, false, false);
    }
}
