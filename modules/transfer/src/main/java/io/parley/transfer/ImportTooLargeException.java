package io.parley.transfer;

/** An import has more bytes than it may have; what it had before is stored. */
public final class ImportTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ImportTooLargeException(long limit) {
        super("An import must not be larger than " + limit + " bytes. Send the rest as another one.");
    }
}
