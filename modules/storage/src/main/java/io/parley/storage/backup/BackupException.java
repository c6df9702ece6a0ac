package io.parley.storage.backup;

/** A backup cannot be made or restored. The message is one line without secrets that tells the operator why. */
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BackupException(String message) {
        super(message);
    }

    public BackupException(String message, Throwable cause) {
        super(message, cause);
    }
}
